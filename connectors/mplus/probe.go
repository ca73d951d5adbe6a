package mplus

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

const (
	codeNotTheTill      = "not_the_till"         // something else answers at the address
	codeRightMissing    = "till_right_missing"   // the till refuses a call that the flows need
	codeEmployeeUnknown = "employee_not_at_till" // the settings name an employee that the till does not have
	codeBranchUnknown   = "branch_not_at_till"   // the settings name a branch that the till does not have
	codeListNotRead     = "list_not_read"        // a list could not be read that the flows do not need
	codeNotForeseen     = "unforeseen"
	codeTillRefused     = "till_refused_request"
	codeScaleUnclear    = "percent_scale_unclear"
	probedOrders        = 100 // how many recent orders a probe reads to settle assumptions
	probedOrdersBehind  = 400 // how far before the latest change it begins
)

var _ connectors.Prober = (*Client)(nil)

// probe is one look at the till.
type probe struct {
	*Client
	domain.Findings
	sample []sentSale // recent orders, in memory for the length of the probe
}

// Probe looks at the connection from all sides: whether the till answers, lets
// us in and grants the calls that the flows need, what lists it keeps, and what
// it says about each assumption. It only reads.
func (c *Client) Probe(ctx context.Context) domain.Findings {
	p := &probe{Client: c, Findings: domain.Findings{Listings: domain.Listings{}}}
	more := true
	for _, steps := range [][]connectors.Step{p.entry(), p.rights(), p.lists()} {
		if !more {
			connectors.NotRun(&p.Findings, steps...)
			continue
		}
		more = connectors.LookAt(ctx, &p.Findings, steps...)
	}
	p.Assumptions = p.assumed(ctx, more)
	return p.Findings
}

// entry: whether the till is there, and which one it is.
func (p *probe) entry() []connectors.Step {
	return []connectors.Step{{Name: "reach", Need: connectors.First, Look: func(ctx context.Context) (string, string) {
		v, err := p.Version(ctx)
		if err != nil {
			return v.Protocol, entryCode(err)
		}
		return fmt.Sprintf("protocol %s, release %s", v.Protocol, v.Release), ""
	}}}
}

// entryCode names what an answer to the first call means. Whatever is no answer
// of the till's comes from something else that listens there. A till that only
// keeps its version to itself is there all the same.
func entryCode(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return codeNotForeseen
	}
	switch f.Code {
	case "answer_is_html", "answer_cut", "answer_not_understood", "answer_unexpected", "till_address_wrong":
		return codeNotTheTill
	case codeTillRefused:
		if f.Detail() == "" { // a status without the till's own words
			return codeNotTheTill
		}
		return ""
	default:
		return f.Code
	}
}

// rights: the calls without which no order can be read.
func (p *probe) rights() []connectors.Step {
	var head int64
	return []connectors.Step{
		p.call(opGetVATGroupList, func(ctx context.Context) (string, error) {
			places, err := p.percentPlaces(ctx)
			return strconv.Itoa(places) + " decimals in a percentage", err
		}),
		p.call(opGetCurrentMarkers, func(ctx context.Context) (found string, err error) {
			head, err = p.CurrentMarker(ctx)
			return "", err
		}),
		p.call(opGetOrders, func(ctx context.Context) (found string, err error) {
			from := max(head-probedOrdersBehind, 1)
			p.sample, err = p.Sales(domain.SourceOrder).read(ctx, saleWindow{marker: &from, limit: probedOrders})
			return fmt.Sprintf("%d recent orders", len(p.sample)), err
		}),
		p.call(opGetRelations, func(ctx context.Context) (string, error) {
			var answer getRelationsResponse
			return "", p.ask(ctx, opGetRelations, getRelations{Request: getRelationsRequest{RelationNumbers: []int64{1}}}, &answer)
		}),
	}
}

// call is a step that makes a call the flows need.
func (p *probe) call(op operation, look func(ctx context.Context) (string, error)) connectors.Step {
	return connectors.Step{Name: "call", About: op.name, Need: connectors.Needed, Look: func(ctx context.Context) (string, string) {
		found, err := look(ctx)
		if err != nil {
			return "", callCode(err)
		}
		return found, ""
	}}
}

func callCode(err error) string {
	f, ok := fault.As(err)
	switch {
	case !ok:
		return codeNotForeseen
	case f.Code == codeTillRefused:
		return codeRightMissing
	default:
		return f.Code
	}
}

// knownBranches: whether the till has every branch that the settings name.
func (p *probe) knownBranches(context.Context) (found, code string) {
	for _, branch := range p.settings.Branches {
		if !slices.ContainsFunc(p.Listings[domain.ListTillBranches], func(i domain.ListedItem) bool {
			return i.Code == strconv.Itoa(branch)
		}) {
			return strconv.Itoa(branch), codeBranchUnknown
		}
	}
	return "", ""
}

// knownEmployee: whether the till has the employee that the settings name. Without
// its list nothing can be said.
func (p *probe) knownEmployee(context.Context) (found, code string) {
	employees, fetched := p.Listings[domain.ListTillEmployees]
	if fetched && !slices.ContainsFunc(employees, func(i domain.ListedItem) bool { return i.Code == p.settings.Employee }) {
		return p.settings.Employee, codeEmployeeUnknown
	}
	return "", ""
}
