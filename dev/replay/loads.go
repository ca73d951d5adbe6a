package replay

import (
	"context"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/workflows"
)

// catalogScript says what differs when records go from the books to the till.
type catalogScript struct {
	carry func(call int) (activities.CarryResult, error)
	pace  int // of a load, in records a minute
}

// decision is an update that a person sends when the run waits.
type decision struct {
	update string
	in     any
}

var loadScenarios = []scenario{
	{workflow: "LoadCatalog", name: "paced", outcome: workflows.OutcomeDone, script: script{catalog: catalogScript{carry: carryPages(3), pace: 6000}}},
	{
		workflow: "LoadCatalog", name: "paused_and_resumed", outcome: workflows.OutcomeDone, script: script{catalog: catalogScript{carry: carryPages(2), pace: 10}},
		decisions: []decision{
			{workflows.UpdatePause, workflows.PauseLoad{By: "ann"}},
			{workflows.UpdateSetPace, workflows.SetPace{By: "ann"}},
			{workflows.UpdateResume, workflows.ResumeLoad{By: "bob"}},
		},
	},
	{workflow: "LoadCatalog", name: "stands_still", outcome: workflows.OutcomeDone, script: script{catalog: catalogScript{
		carry: func(call int) (activities.CarryResult, error) {
			if call == 1 {
				return activities.CarryResult{}, failed(fault.Unauthorized, "till_credentials_refused", "mplus getProducts")
			}
			return carryPages(2)(call)
		},
	}}, decisions: []decision{{workflows.UpdateResume, workflows.ResumeLoad{By: "ann"}}}},
	{workflow: "LoadCatalog", name: "outage", outcome: workflows.OutcomeDone, script: script{catalog: catalogScript{
		carry: func(call int) (activities.CarryResult, error) {
			if call <= 6 { // all tries of one page
				return activities.CarryResult{}, failed(fault.Unavailable, "connection_refused", "mplus getProducts")
			}
			return carryPages(8)(call)
		},
	}}},
	{workflow: "LoadCatalog", name: "continued", before: "continues", outcome: workflows.OutcomeDone, script: script{catalog: catalogScript{carry: carryPages(12)}}},
}

// carryPages carries this many pages of twenty records.
func carryPages(count int) func(int) (activities.CarryResult, error) {
	return func(call int) (activities.CarryResult, error) {
		return activities.CarryResult{
			Place: activities.CatalogPlace{Mode: activities.ModeFull, Document: 3, Crawl: 1_760_000_000_000, After: "1001", Pages: call},
			Count: activities.CatalogCount{Read: 20, Created: 20}, Passed: 20, More: call < count,
		}, nil
	}
}

// loadInput is what a load is asked; nil for another workflow.
func (s scenario) loadInput() any {
	if s.workflow != "LoadCatalog" {
		return nil
	}
	return workflows.LoadCatalogInput{Integration: s.integration(), Flow: workflows.FlowProducts, PerMinute: s.script.catalog.pace}
}

// CarryProducts finds nothing that changed unless the script says otherwise.
func (s *shop) CarryProducts(_ context.Context, in activities.CarryInput) (activities.CarryResult, error) {
	return s.carryPage(in)
}

// CountRecords counts two hundred and forty.
func (s *shop) CountRecords(context.Context, activities.CountRecordsInput) (activities.CountRecordsResult, error) {
	return activities.CountRecordsResult{Records: 240}, nil
}

// NoteLoad tells nobody.
func (s *shop) NoteLoad(context.Context, activities.NoteLoadInput) error { return nil }
