package replay

import (
	"context"
	"reflect"
	"runtime"
	"strings"
	"time"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/workflows"
)

// catalogCourses are those of every flow that carries records to the till: they share
// one loop.
var catalogCourses = []scenario{
	{name: "nothing_new", outcome: workflows.OutcomeDone},
	{name: "pages", outcome: workflows.OutcomeDone, script: script{catalog: catalogScript{carry: carried(3, 0)}}},
	{name: "named", outcome: workflows.OutcomeDone, keys: []string{"100101"}},
	{name: "gone", outcome: workflows.OutcomeDone, script: script{catalog: catalogScript{carry: carried(2, 3)}}},
	{name: "unavailable", outcome: workflows.OutcomeUnavailable, script: script{catalog: catalogScript{carry: refused(fault.Unavailable, "connection_refused")}}},
	{name: "busy", outcome: workflows.OutcomeBusy, script: script{catalog: catalogScript{carry: refused(fault.Conflict, activities.CodeAnotherRunReads)}}},
	{name: "unauthorized", fails: true, script: script{catalog: catalogScript{carry: refused(fault.Unauthorized, "till_credentials_refused")}}},
	{name: "continued", before: "continues", outcome: workflows.OutcomeDone, script: script{catalog: catalogScript{carry: carried(14, 0)}}},
}

// carried gives so many pages, and what a complete reading did not meet.
func carried(pages, gone int) func(int) (activities.CarryResult, error) {
	return func(call int) (activities.CarryResult, error) {
		out := activities.CarryResult{
			Place: activities.CatalogPlace{Mode: activities.ModeFull, Document: 3, Crawl: 1, Pages: call, Pace: activities.Pace{CallTimeout: time.Second}},
			Count: activities.CatalogCount{Read: 2, Created: 1, Unchanged: 1}, More: call < pages,
		}
		if !out.More {
			out.Gone, out.Known = gone, 100
		}
		return out, nil
	}
}

func refused(kind fault.Kind, code string) func(int) (activities.CarryResult, error) {
	return func(int) (activities.CarryResult, error) {
		return activities.CarryResult{}, failed(kind, code, "mplus getProducts")
	}
}

// catalogScenarios are the courses of each of those flows.
func catalogScenarios() []scenario {
	var all []scenario
	for _, flow := range catalogFlows() {
		for _, course := range catalogCourses {
			course.workflow = nameOf(flow.Run)
			all = append(all, course)
		}
	}
	return all
}

func catalogFlows() []workflows.Flow {
	var all []workflows.Flow
	for _, flow := range workflows.Catalog {
		if _, carries := flow.Input("", workflows.Wanted{}).(workflows.SyncCatalogInput); carries {
			all = append(all, flow)
		}
	}
	return all
}

func nameOf(run any) string {
	full := runtime.FuncForPC(reflect.ValueOf(run).Pointer()).Name()
	return full[strings.LastIndexByte(full, '.')+1:]
}

// catalogInput is what a run of one of those flows is asked; nil for another workflow.
func (s scenario) catalogInput() (flow string, in any) {
	for _, of := range catalogFlows() {
		if nameOf(of.Run) == s.workflow {
			return of.Name, workflows.SyncCatalogInput{Integration: s.integration(), Keys: s.keys}
		}
	}
	return "", nil
}

func (s *shop) carryPage(in activities.CarryInput) (activities.CarryResult, error) {
	script, call := s.call(in.Integration, "Carry")
	if script.catalog.carry == nil {
		script.catalog.carry = carried(1, 0)
	}
	return script.catalog.carry(call)
}

// CarryCategories carries a page of what the script says.
func (s *shop) CarryCategories(_ context.Context, in activities.CarryInput) (activities.CarryResult, error) {
	return s.carryPage(in)
}

// CarryCustomers carries a page of what the script says.
func (s *shop) CarryCustomers(_ context.Context, in activities.CarryInput) (activities.CarryResult, error) {
	return s.carryPage(in)
}

// CarryStock carries a page of what the script says.
func (s *shop) CarryStock(_ context.Context, in activities.CarryInput) (activities.CarryResult, error) {
	return s.carryPage(in)
}

// CarryPrices carries a page of what the script says.
func (s *shop) CarryPrices(_ context.Context, in activities.CarryInput) (activities.CarryResult, error) {
	return s.carryPage(in)
}

// SweepGone deals with all that is gone.
func (s *shop) SweepGone(_ context.Context, in activities.SweepGoneInput) (activities.SweepGoneResult, error) {
	return activities.SweepGoneResult{Swept: in.Gone}, nil
}
