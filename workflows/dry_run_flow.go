package workflows

import (
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
)

// DryRunFlowInput asks what a flow would do now.
type DryRunFlowInput struct {
	activities.Ask
	Flow string   // orders
	Keys []string // order numbers; none: what changed since the flow last read
	Most int      // how many records at most; 0: MostDryRun
}

// MostDryRun is how many records a dry run takes when nobody says.
const MostDryRun = 200

// DryRunFlowResult counts what would happen, and says where the records are
// kept, encrypted.
type DryRunFlowResult struct {
	Outcome string // done, unavailable or failed
	Results []string
	Tally   activities.Tally
	More    bool // there are more records than were taken
	Failure activities.Failure
	Under   activities.Versions // of the document
}

// DryRunFlow takes records through the steps of a flow with every write replaced
// by a note of it. The flow's cursor, links and locks are as they were.
func DryRunFlow(ctx workflow.Context, in DryRunFlowInput) (DryRunFlowResult, error) {
	d := &dryRunFlow{request: request{Ask: in.Ask}, in: in}
	if err := d.setup(ctx); err != nil {
		return DryRunFlowResult{}, err
	}
	outcome, why, err := d.end(ctx, d.run(ctx))
	return DryRunFlowResult{Outcome: outcome, Results: d.results, Tally: d.tally, More: d.more, Failure: why, Under: d.under()}, err
}

type dryRunFlow struct {
	request
	in      DryRunFlowInput
	markers map[domain.SourceKind]int64
	state   string
	more    bool
}

func (d *dryRunFlow) run(ctx workflow.Context) error {
	most := d.in.Most
	if most <= 0 {
		most = MostDryRun
	}
	d.progress.Step = "DryRunOrders"
	for keys := d.in.Keys; ; {
		page := keys[:min(len(keys), activities.DryRunPage)]
		keys = keys[len(page):]
		more, err := d.page(ctx, page, most-d.progress.Done)
		if err != nil {
			return err
		}
		if more = more || len(keys) > 0; !more || d.progress.Done >= most {
			d.more = more
			return nil
		}
	}
}

func (d *dryRunFlow) page(ctx workflow.Context, keys []string, most int) (bool, error) {
	var out activities.DryRunOrdersResult
	in := activities.DryRunOrdersInput{Ask: d.Ask, Keys: keys, Markers: d.markers, Most: most, State: d.state}
	if err := workflow.ExecuteActivity(remoteRead(ctx, QueueAccountView, d.Integration), previews.DryRunOrders, in).Get(ctx, &out); err != nil {
		return false, err
	}
	d.Ask = d.Under(out.Under)
	d.markers, d.state = out.Markers, out.State
	d.results, d.tally = append(d.results, out.Results), d.tally.Plus(out.Tally)
	d.progress.Done += out.Tally.Orders()
	return out.More, nil
}
