package workflows

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.temporal.io/sdk/workflow"

	"github.com/koppel/koppel/domain"
)

// SkipOrder ends a parked order: a person dealt with it, or decided that it is
// not for the books.
type SkipOrder struct {
	ReasonCode string `json:"reasonCode"` // one of domain.SkipReasons
}

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
func (p *pushOrder) decidable() bool { return (p.parked || p.resting) && !p.retry && p.skip == "" }

func (p *pushOrder) mayDecide() error {
	if !p.decidable() {
		return errors.New("the order is not parked: it is being worked on")
	}
	return nil
}
