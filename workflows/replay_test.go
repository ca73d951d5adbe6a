package workflows_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

// histories are recorded by make record-histories.
const histories = "testdata/replay"

// nondeterministic is the SDK's code for a workflow that does not fit its history.
const nondeterministic = "TMPRL1100"

// courses are the ways a run can go that a deployment must not break.
var courses = map[string][]string{
	"SyncOrders":  {"nothing_new", "pages", "named", "unavailable", "busy", "unauthorized", "continues", "continued"},
	"PushOrder":   {"delivered", "adopted", "unchanged", "parked_and_retried", "parked_and_skipped", "fixed", "woken", "rested", "sent_now", "changed_on_the_way", "outage", "changed_lines", "changed_header", "changed_in_place", "looked_again", "taken_back", "continues", "continued"},
	"FindDoubles": {"clean", "found", "unavailable", "unauthorized"},
	"CloseDays":   {"nothing_to_add", "pages", "unavailable", "unauthorized"},
	"WakeOrders":  {"nothing_waits", "woke", "unavailable", "unauthorized"},
	"ForgetOld":   {"done", "interrupted", "unavailable", "wrong_key"},
	"TellPeople":  {"nothing_new", "told", "channel_fails", "unavailable", "refused_document"},

	"SyncCategories": catalogCourses,
	"SyncProducts":   catalogCourses,
	"SyncCustomers":  catalogCourses,
	"SyncStock":      catalogCourses,
	"SyncPrices":     catalogCourses,

	"TestConnection": {"works", "problem", "unavailable"},
	"ConnectSystem":  {"connected", "refused"},
	"ExplainPrice":   {"explained", "unavailable"},
	"PreviewRecords": {"shown", "refused_draft", "unavailable"},
	"DryRunFlow":     {"pages", "named", "refused_draft", "unavailable"},
	"WhatIf":         {"compared", "refused_draft", "continues", "continued"},
	"LoadCatalog":    {"paced", "paused_and_resumed", "stands_still", "outage", "continues", "continued"},
}

// catalogCourses are those of the flows that carry records to the till.
var catalogCourses = []string{"nothing_new", "pages", "named", "gone", "unavailable", "busy", "unauthorized", "continues", "continued"}

func catalogue() map[string]any {
	all := slices.Clone(workflows.Requests)
	for _, flow := range workflows.Catalog {
		all = append(all, flow.Run, flow.Record)
	}
	known := map[string]any{}
	for _, run := range all {
		if run != nil {
			known[functionName(run)] = run
		}
	}
	return known
}

func replay(t *testing.T, known map[string]any, path string) error {
	t.Helper()
	r := worker.NewWorkflowReplayer()
	for name, run := range known {
		r.RegisterWorkflowWithOptions(run, workflow.RegisterOptions{Name: name})
	}
	return r.ReplayWorkflowHistoryFromJSONFile(log.NewStructuredLogger(slog.New(slog.DiscardHandler)), filepath.Join(histories, path))
}

// A failure here means that runs under way would break at the next deployment:
// put the change behind a predicate in versions.go.
func TestReplay_EveryRecordedHistoryStillFits(t *testing.T) {
	t.Parallel()
	for name, scenarios := range courses {
		for _, scenario := range scenarios {
			t.Run(name+"/"+scenario, func(t *testing.T) {
				t.Parallel()
				require.NoError(t, replay(t, catalogue(), filepath.Join(name, scenario+".json")))
			})
		}
	}
}

func TestReplay_EveryCourseOfEveryWorkflowIsRecordedAndNoOther(t *testing.T) {
	t.Parallel()
	var want, have []string
	for name := range catalogue() {
		require.NotEmpty(t, courses[name], "say which courses of %s must be recorded", name)
	}
	for name, scenarios := range courses {
		require.Contains(t, catalogue(), name, "no such workflow in the catalogue")
		for _, scenario := range scenarios {
			want = append(want, filepath.Join(name, scenario+".json"))
		}
	}
	require.NoError(t, filepath.WalkDir(histories, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		relative, err := filepath.Rel(histories, path)
		have = append(have, relative)
		return err
	}))
	slices.Sort(want)
	slices.Sort(have)
	require.Equal(t, want, have)
}

// A course is what its name says only if the history shows it.
func TestReplay_HistoriesShowWhatTheirNamesSay(t *testing.T) {
	t.Parallel()
	shown := map[string]string{
		"SyncOrders/continues.json":           "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
		"SyncOrders/continued.json":           `"continuedExecutionRunId"`,
		"SyncOrders/unauthorized.json":        `"PauseFlow"`,
		"SyncOrders/pages.json":               `"StartOrders"`,
		"PushOrder/continues.json":            "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
		"PushOrder/continued.json":            `"continuedExecutionRunId"`,
		"PushOrder/parked_and_skipped.json":   `"SkipOrder"`,
		"PushOrder/parked_and_retried.json":   "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED",
		"PushOrder/fixed.json":                `"CheckFix"`,
		"PushOrder/woken.json":                `"Woken"`,
		"WakeOrders/unauthorized.json":        `"PauseFlow"`,
		"PushOrder/rested.json":               "EVENT_TYPE_TIMER_FIRED",
		"PushOrder/sent_now.json":             "EVENT_TYPE_TIMER_CANCELED",
		"PushOrder/changed_on_the_way.json":   "EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED",
		"PushOrder/changed_lines.json":        `"CounterOrder"`,
		"PushOrder/changed_header.json":       `"UpdateOrder"`,
		"PushOrder/changed_in_place.json":     `"ReplaceLines"`,
		"PushOrder/looked_again.json":         `"UpdateOrder"`,
		"PushOrder/taken_back.json":           `"CounterOrder"`,
		"PushOrder/outage.json":               `"lastFailure"`,
		"ForgetOld/interrupted.json":          `"lastFailure"`,
		"ForgetOld/wrong_key.json":            `"PauseFlow"`,
		"TellPeople/told.json":                `"SendAlert"`,
		"TellPeople/channel_fails.json":       `"NoteChannel"`,
		"PreviewRecords/shown.json":           `"EndRequest"`,
		"DryRunFlow/refused_draft.json":       "EVENT_TYPE_ACTIVITY_TASK_FAILED",
		"WhatIf/continues.json":               "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
		"WhatIf/continued.json":               `"continuedExecutionRunId"`,
		"LoadCatalog/paced.json":              "EVENT_TYPE_TIMER_FIRED",
		"LoadCatalog/paused_and_resumed.json": "EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED",
		"LoadCatalog/stands_still.json":       `"NoteLoad"`,
		"LoadCatalog/outage.json":             "EVENT_TYPE_ACTIVITY_TASK_FAILED",
		"LoadCatalog/continues.json":          "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW",
		"LoadCatalog/continued.json":          `"continuedExecutionRunId"`,
	}
	for path, mark := range shown {
		text, err := os.ReadFile(filepath.Join(histories, path))
		require.NoError(t, err)
		require.Contains(t, string(text), mark, path)
	}
}

func TestReplay_HistoriesNameNoMachine(t *testing.T) {
	t.Parallel()
	for name, scenarios := range courses {
		for _, scenario := range scenarios {
			path := filepath.Join(histories, name, scenario+".json")
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			var history any
			require.NoError(t, json.Unmarshal(text, &history))
			eachValue(history, func(key, value string) {
				if key == "identity" {
					require.Contains(t, []string{"recorder", "history-service"}, value, path)
				}
				require.NotEqual(t, "TASK_QUEUE_KIND_STICKY", value, "%s: a sticky queue is named after the machine", path)
			})
		}
	}
}

func eachValue(value any, see func(key, value string)) {
	switch value := value.(type) {
	case map[string]any:
		for key, inner := range value {
			if text, ok := inner.(string); ok {
				see(key, text)
			}
			eachValue(inner, see)
		}
	case []any:
		for _, inner := range value {
			eachValue(inner, see)
		}
	}
}

func TestReplay_CatchesStepsThatChangedPlaces(t *testing.T) {
	t.Parallel()
	options := workflow.ActivityOptions{TaskQueue: workflows.QueueAccountView, StartToCloseTimeout: time.Minute}
	swapped := func(ctx workflow.Context, in workflows.PushOrderInput) (workflows.PushOrderResult, error) {
		ctx = workflow.WithActivityOptions(ctx, options)
		attempt := activities.Attempt{Integration: in.Integration, OrderID: in.OrderID}
		return workflows.PushOrderResult{}, errors.Join(
			workflow.ExecuteActivity(ctx, customers.UpsertCustomer, attempt).Get(ctx, nil),
			workflow.ExecuteActivity(ctx, orders.CheckOrderExists, attempt).Get(ctx, nil),
		)
	}
	err := replay(t, map[string]any{"PushOrder": swapped}, "PushOrder/delivered.json")
	require.ErrorContains(t, err, nondeterministic)
	require.NoError(t, replay(t, catalogue(), "PushOrder/delivered.json"), "the control")
}

func TestReplay_CatchesAStepThatIsGone(t *testing.T) {
	t.Parallel()
	idle := func(workflow.Context, workflows.SyncOrdersInput) (workflows.SyncOrdersResult, error) {
		return workflows.SyncOrdersResult{Outcome: workflows.OutcomeDone}, nil
	}
	err := replay(t, map[string]any{"SyncOrders": idle}, "SyncOrders/nothing_new.json")
	require.ErrorContains(t, err, nondeterministic)
}
