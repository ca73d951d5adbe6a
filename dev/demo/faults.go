package demo

import (
	"context"
	"slices"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/internal/sandboxkit"
)

// breakThings makes every call to either system meet a fault with a chance of
// 10 %, its kind drawn evenly.
func (d *demo) breakThings(ctx context.Context) error {
	d.say("faults: 10 %% of all calls, seed %d (KOPPEL_DEMO_SEED=%d repeats them)", d.Seed, d.Seed)
	for i, s := range []outside.Page{d.books, d.till} {
		kinds := sandboxkit.Kinds()
		if s == d.till { // it has no tokens: what it refuses is the credentials, and that stops the flow for a person
			kinds = slices.DeleteFunc(kinds, func(k sandboxkit.Kind) bool { return k == sandboxkit.ExpiredToken })
		}
		rule := sandboxkit.Rule{Kinds: kinds, Share: 0.1, Seed: d.Seed + uint64(i), Seconds: lateness}
		if err := s.Post(ctx, "/_sandbox/faults", rule, nil); err != nil {
			return err
		}
	}
	return nil
}
