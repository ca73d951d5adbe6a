package workflows

import (
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
)

// TellPeopleInput asks for one look at what is to be told.
type TellPeopleInput struct {
	Integration string
}

// TellPeopleResult says how many messages went out.
type TellPeopleResult struct {
	Outcome string // done or unavailable
	Sent    int    // messages
	Failed  int    // channels that could not be reached
	Failure activities.Failure

	Document int // version of the document it went by; 0 when none could be opened
}

// TellPeople looks at what waits for a person and sends each channel one message
// at most. A channel that cannot be reached holds up no other. This flow never
// pauses itself: it is how people learn that another flow is.
func TellPeople(ctx workflow.Context, in TellPeopleInput) (TellPeopleResult, error) {
	var result TellPeopleResult
	var noted activities.NoteIncidentsResult
	err := workflow.ExecuteActivity(telling(ctx, in.Integration), alerts.NoteIncidents,
		activities.NoteIncidentsInput{Integration: in.Integration}).Get(ctx, &noted)
	if temporal.IsCanceledError(err) {
		return result, err
	}
	if err != nil {
		result.Failure = failureOf(err)
		if result.Failure.StopsEverything() {
			return result, err
		}
		result.Outcome = OutcomeUnavailable
		return result, upsertOutcome(ctx, result.Outcome)
	}
	result.Document = noted.Document
	if err := tell(ctx, in.Integration, noted, &result); err != nil {
		return result, err
	}
	result.Outcome = OutcomeDone
	return result, upsertOutcome(ctx, result.Outcome)
}

// tell sends all messages side by side.
func tell(ctx workflow.Context, integration string, noted activities.NoteIncidentsResult, result *TellPeopleResult) error {
	sends := make([]workflow.Future, len(noted.Deliveries))
	for i, delivery := range noted.Deliveries {
		in := activities.SendAlertInput{Integration: integration, Delivery: delivery, Document: noted.Document}
		sends[i] = workflow.ExecuteActivity(telling(ctx, integration), alerts.SendAlert, in)
	}
	for i, send := range sends {
		var out activities.SendAlertResult
		err := send.Get(ctx, &out)
		switch {
		case temporal.IsCanceledError(err):
			return err
		case err != nil:
			result.Failed++
			in := activities.NoteChannelInput{Integration: integration, Channel: noted.Deliveries[i].Channel, Failure: failureOf(err)}
			if err := workflow.ExecuteActivity(database(ctx, integration), alerts.NoteChannel, in).Get(ctx, nil); err != nil {
				return err
			}
		case out.Sent:
			result.Sent++
		}
	}
	return nil
}
