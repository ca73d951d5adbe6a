package workflows

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/domain"
)

// SkipOrder ends a parked order: a person dealt with it, or decided that it is
// not for the books.
type SkipOrder struct {
	ReasonCode string `json:"reasonCode"` // one of domain.SkipReasons
}

// FixOrder lets a stored fix take effect on a parked order.
type FixOrder struct {
	FixID string `json:"fixId"`
}

// FixedOrder says what took effect.
type FixedOrder struct {
	Kind     string `json:"kind"`               // payload: the edited sale; lookup: a row of a lookup table
	Document int    `json:"document,omitempty"` // version of the document that the row became
}

// fixID is what a fix is called.
var fixID = regexp.MustCompile("^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")

// listen takes what people decide of an order that waits.
func (p *pushOrder) listen(ctx workflow.Context) error {
	err := workflow.SetUpdateHandlerWithOptions(ctx, UpdateRetry,
		func(workflow.Context) error {
			p.retry = true
			return nil
		},
		workflow.UpdateHandlerOptions{
			Description: "Try a parked order again, under the current settings. One that rests goes now.",
			Validator:   p.mayDecide,
		})
	if err != nil {
		return err
	}
	err = workflow.SetUpdateHandlerWithOptions(ctx, UpdateFix, p.fix, workflow.UpdateHandlerOptions{
		Description: `Let a stored fix take effect, if the parked order passes with it: {"fixId": "..."}. It is stored by koppel parked fix or the API.`,
		Validator: func(in FixOrder) error {
			if !fixID.MatchString(in.FixID) {
				return errors.New("a fix is named by the id that koppel parked fix or the API gave it")
			}
			if !p.parked {
				return errNotParked
			}
			return p.mayDecide()
		},
	})
	if err != nil {
		return err
	}
	return workflow.SetUpdateHandlerWithOptions(ctx, UpdateSkip,
		func(ctx workflow.Context, in SkipOrder) error {
			p.skip = in.ReasonCode
			return workflow.Await(ctx, func() bool { return p.skip == "" }) // who asked is told when it is ended
		},
		workflow.UpdateHandlerOptions{
			Description: "End a parked order without another attempt: " + `{"reasonCode": "` + strings.Join(domain.SkipReasons(), `"} or {"reasonCode": "`) + `"}.`,
			Validator: func(in SkipOrder) error {
				if !slices.Contains(domain.SkipReasons(), in.ReasonCode) {
					return fmt.Errorf("the reason must be one of %s", strings.Join(domain.SkipReasons(), ", "))
				}
				return p.mayDecide()
			},
		})
}

// decidable reports whether the order waits and nobody has decided yet.
func (p *pushOrder) decidable() bool {
	return (p.parked || p.resting) && !p.fixing && !p.retry && p.skip == ""
}

var errNotParked = errors.New("the order is not parked: it is being worked on")

func (p *pushOrder) mayDecide() error {
	switch {
	case p.fixing:
		return errors.New("a fix of the order is being checked: wait for its answer")
	case !p.decidable():
		return errNotParked
	}
	return nil
}

// fix checks a fix and, when it took effect, has the order tried again. Why it did
// not is told to who sent it: a code and its explanation, without anything of the order.
func (p *pushOrder) fix(ctx workflow.Context, in FixOrder) (FixedOrder, error) {
	p.fixing = true
	defer func() { p.fixing = false }()
	var out activities.CheckFixResult
	check := activities.CheckFixInput{Attempt: p.attempt, FixID: in.FixID}
	err := workflow.ExecuteActivity(remoteRead(ctx, QueueAccountView, p.Integration), orders.CheckFix, check).Get(ctx, &out)
	if temporal.IsCanceledError(err) {
		return FixedOrder{}, err
	}
	if err != nil {
		why := failureOf(err)
		reason := domain.ReasonFor(why.Code)
		text := strings.TrimSpace(why.Code+" "+why.About) + ": " + reason.Words + " " + reason.Fix
		return FixedOrder{}, temporal.NewNonRetryableApplicationError(text, FixRefused, nil, why)
	}
	p.retry = true
	return FixedOrder{Kind: out.Kind, Document: out.Document}, nil
}

// FixRefused is the type of the error that says why a fix did not take effect. Its
// detail is an activities.Failure.
const FixRefused = "FixRefused"
