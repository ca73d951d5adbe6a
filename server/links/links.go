// Package links writes addresses of pages that people open: those of Temporal's
// Web UI and our own.
package links

import (
	"net/url"
	"strings"
)

// Links knows where the pages are.
type Links struct {
	TemporalUI string // empty: there are no links to runs
	Namespace  string
	PublicURL  string // empty: links to our own pages are relative
}

// Run is the page of one run; empty without a Web UI. An empty run ID means the newest run.
func (l Links) Run(workflowID, runID string) string {
	if l.TemporalUI == "" || workflowID == "" {
		return ""
	}
	page := l.namespace() + "/workflows/" + url.PathEscape(workflowID)
	if runID != "" {
		page += "/" + url.PathEscape(runID) + "/history"
	}
	return page
}

// Schedule is the page of a schedule; empty without a Web UI.
func (l Links) Schedule(scheduleID string) string {
	if l.TemporalUI == "" {
		return ""
	}
	return l.namespace() + "/schedules/" + url.PathEscape(scheduleID)
}

// Integration is the place of an integration on the status page.
func (l Links) Integration(slug string) string {
	return strings.TrimRight(l.PublicURL, "/") + "/#" + url.PathEscape(slug)
}

// Webhook is the address that starts a flow.
func (l Links) Webhook(integration, flow string) string {
	return strings.TrimRight(l.PublicURL, "/") + "/webhooks/" + url.PathEscape(integration) + "/" + url.PathEscape(flow)
}

func (l Links) namespace() string {
	return strings.TrimRight(l.TemporalUI, "/") + "/namespaces/" + url.PathEscape(l.Namespace)
}
