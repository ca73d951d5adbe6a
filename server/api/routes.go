package api

import "slices"

// Routes is the table of all routes, subject by subject.
func (h *Handler) Routes() []Route {
	return slices.Concat(
		h.selfRoutes(),
		h.integrationRoutes(),
		h.documentRoutes(),
		h.versionRoutes(),
		h.diffRoutes(),
		h.lookupRoutes(),
		h.coverageRoutes(),
		h.secretRoutes(),
		h.connectionRoutes(),
		h.consentRoutes(),
		h.questionRoutes(),
		h.flowRunRoutes(),
		h.loadRoutes(),
		h.timelineRoutes(),
		h.parkedRoutes(),
	)
}
