package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/taskqueue/v1"
	"go.temporal.io/api/workflowservice/v1"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/worker"
	"github.com/koppel/koppel/workflows"
)

// houseCall looks at what is ours: tables, Temporal, document, secrets, schedules, clock.
type houseCall struct {
	*App
	integration string
	draft       string

	doc    *settings.Document // nil: it cannot be read
	checks []domain.Check
}

func (h *houseCall) found(name, about, found, code string) {
	check := domain.Check{Name: name, About: about, Found: found, Code: code, Outcome: domain.CheckOK}
	if code != "" {
		check.Outcome = domain.CheckFailed
	}
	h.checks = append(h.checks, check)
}

// worksOn reports whether workers can look at the systems, and we at what they find.
func (h *houseCall) worksOn() bool {
	for _, c := range h.checks {
		if c.Outcome != domain.CheckOK && (c.Name == "tables" || c.Name == "master_key" || c.Name == "temporal" || c.Name == "attributes" || c.Name == "worker") {
			return false
		}
	}
	return true
}

// look takes all checks; an error is for what cannot even be looked at.
func (h *houseCall) look(ctx context.Context) error {
	switch err := db.CheckMigrated(ctx, h.DB); {
	case errors.Is(err, db.ErrNotMigrated):
		h.found("tables", "", "", "schema_old")
		return nil // nothing else can be read
	case err != nil:
		return err
	default:
		h.found("tables", "", "", "")
	}
	switch err := h.CheckKey(ctx); {
	case errors.Is(err, db.ErrWrongKey):
		h.found("master_key", "", "", "master_key_wrong")
	case err != nil:
		return err
	default:
		h.found("master_key", "", "", "")
	}
	if err := h.clock(ctx); err != nil {
		return err
	}
	if err := h.document(ctx); err != nil {
		return err
	}
	if err := h.secretsSet(ctx); err != nil {
		return err
	}
	if h.Config.Server.PublicURL == "" {
		h.checks = append(h.checks, domain.Check{Name: "public_url", Outcome: domain.CheckWarns, Code: "public_url_missing"})
	} else {
		h.found("public_url", "", h.Config.Server.PublicURL, "")
	}
	if h.doc != nil {
		for _, channel := range h.MailMissing(*h.doc) {
			h.checks = append(h.checks, domain.Check{Name: "mail", About: channel, Outcome: domain.CheckWarns, Code: "mail_not_set_up"})
		}
	}
	h.temporal(ctx)
	return nil
}

// clockMayDiffer is how far two clocks may be apart before flows would notice.
const clockMayDiffer = 5 * time.Second

func (h *houseCall) clock(ctx context.Context) error {
	var theirs time.Time
	if err := h.DB.QueryRow(ctx, "select clock_timestamp()").Scan(&theirs); err != nil {
		return fmt.Errorf("ask the database for the time: %w", err)
	}
	var clock, zone string
	apart := time.Since(theirs).Abs().Round(time.Second)
	if apart > clockMayDiffer {
		clock = "clock_wrong"
	}
	if _, err := time.LoadLocation("Europe/Amsterdam"); err != nil {
		zone = "time_zone_unknown"
	}
	h.found("clock", "", apart.String()+" apart from the database", clock)
	h.found("time_zone", "Europe/Amsterdam", "", zone)
	return nil
}

// document reads what describes the systems, as workers of this build do.
func (h *houseCall) document(ctx context.Context) error {
	desk := h.Desk()
	edition, err := activities.EditionOf(ctx, desk, h.integration, h.draft)
	if err == nil && edition.Draft == nil {
		doc, err := desk.Documents.Get(ctx, h.integration, edition.Version)
		return h.read(fmt.Sprintf("version %d", edition.Version), func() settings.Document { return doc.Document }, err)
	}
	if err != nil {
		return h.read("", nil, err)
	}
	doc, err := (&Directory{Documents: desk.Documents}).edition(ctx, h.integration, connectors.Edition{Draft: edition.Draft})
	return h.read("the draft", func() settings.Document { return doc }, err)
}

func (h *houseCall) read(which string, doc func() settings.Document, err error) error {
	if f, ok := fault.As(err); ok {
		h.found("document", f.Key, which, f.Code)
		return nil
	}
	if err != nil {
		return err
	}
	read := doc()
	h.doc = &read
	var code string
	if compiles(read) != nil {
		code = "document_not_compiling"
	}
	h.found("document", "", which, code)
	return nil
}

func (h *houseCall) secretsSet(ctx context.Context) error {
	set, err := h.Secrets.List(ctx, h.integration)
	if err != nil {
		return err
	}
	known := map[string]time.Time{}
	for _, s := range set {
		known[s.Name] = s.ChangedAt
	}
	doc := settings.Document{}
	if h.doc != nil {
		doc = *h.doc
	}
	for _, name := range settings.RequiredSecrets(doc) {
		at, isSet := known[name]
		switch {
		case isSet:
			h.found("secret", name, "set "+domain.Moment(at), "")
		case name == settings.SecretAccountViewRefresh:
			h.found("secret", name, "", "consent_missing")
		default:
			h.found("secret", name, "", "secret_missing")
		}
	}
	return nil
}

// temporal looks at the namespace, its search attributes, the workers and the schedules.
func (h *houseCall) temporal(ctx context.Context) {
	if h.Temporal == nil {
		if err := h.DialTemporal(ctx); err != nil {
			h.found("temporal", h.Config.Temporal.Address, "", "temporal_unavailable")
			return
		}
	}
	namespace := h.Config.Temporal.Namespace
	_, err := h.Temporal.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: namespace})
	if err != nil {
		h.found("temporal", namespace, "", "namespace_missing")
		return
	}
	h.found("temporal", namespace, "", "")
	if err := worker.CheckSearchAttributes(ctx, h.Temporal, namespace); err != nil {
		h.found("attributes", namespace, err.Error(), "attributes_missing")
	} else {
		h.found("attributes", namespace, "", "")
	}
	for _, queue := range []string{workflows.QueueSync, workflows.QueueMplus, workflows.QueueAccountView} {
		h.workers(ctx, queue)
	}
	if h.doc != nil && h.draft == "" {
		for _, plan := range plansOf(*h.doc) {
			h.schedule(ctx, plan)
		}
	}
}

func (h *houseCall) workers(ctx context.Context, queue string) {
	answer, err := h.Temporal.WorkflowService().DescribeTaskQueue(ctx, &workflowservice.DescribeTaskQueueRequest{
		Namespace: h.Config.Temporal.Namespace, TaskQueue: &taskqueue.TaskQueue{Name: queue}, TaskQueueType: enums.TASK_QUEUE_TYPE_ACTIVITY,
	})
	if err != nil || len(answer.GetPollers()) == 0 {
		h.found("worker", queue, "", "worker_absent")
		return
	}
	h.found("worker", queue, fmt.Sprintf("%d ask for work", len(answer.GetPollers())), "")
}

func (h *houseCall) schedule(ctx context.Context, plan worker.Plan) {
	const off = "switched off in the document"
	described, err := h.Temporal.ScheduleClient().GetHandle(ctx, workflows.ScheduleID(plan.Flow, plan.Integration)).Describe(ctx)
	_, missing := errors.AsType[*serviceerror.NotFound](err)
	if missing && !plan.Enabled {
		h.found("schedule", plan.Flow, off, "")
		return
	}
	if err != nil {
		h.found("schedule", plan.Flow, "", "schedule_missing")
		return
	}
	state := described.Schedule.State
	ours := state.Paused && workflows.IsSwitchedOff(state.Note)
	switch {
	case ours && !plan.Enabled:
		h.found("schedule", plan.Flow, off, "")
	case ours, !state.Paused && !plan.Enabled: // it has not followed the document yet
		h.found("schedule", plan.Flow, state.Note, "schedule_behind")
	case state.Paused && !plan.Enabled: // it stays so when it is switched on again, which is then told
		h.found("schedule", plan.Flow, off+"; and paused: "+state.Note, "")
	case state.Paused:
		h.found("schedule", plan.Flow, state.Note, "schedule_paused")
	default:
		h.found("schedule", plan.Flow, "every "+plan.Every.String(), "")
	}
}
