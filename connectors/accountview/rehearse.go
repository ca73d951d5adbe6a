package accountview

import (
	"context"
	"fmt"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// Books can be rehearsed: all but the call itself is done as for a write.
var _ connectors.Rehearser = (*Books)(nil)

// RehearseCreate gives a draft as it would be sent, or the fault by which it
// would not be.
func (b *Books) RehearseCreate(ctx context.Context, draft domain.Draft) (domain.Draft, error) {
	switch draft.Entity {
	case domain.EntityOrder:
		ready, reference, err := b.readyOrder(ctx, draft)
		if most := b.settings.OrderLineBatch; err == nil && most > 0 && len(draft.Lines) > most {
			_, err = b.firstPart(ctx, ready, reference)
		}
		return ready.draft, about(err, draft.Key)
	case domain.EntityJournal:
		return b.Journal().RehearseCreate(ctx, draft)
	}
	t, err := b.targetOf(draft.Entity)
	if err != nil {
		return domain.Draft{}, err
	}
	ready, err := b.fitNew(ctx, t, draft)
	return ready.draft, err
}

// RehearseUpdate does the same for a draft that changes a record.
func (b *Books) RehearseUpdate(ctx context.Context, draft domain.Draft) (domain.Draft, error) {
	t, err := b.targetOf(draft.Entity)
	if err != nil {
		return domain.Draft{}, err
	}
	ready, err := b.fitChange(ctx, t, draft)
	return ready.draft, err
}

// CustomerField names the column in which debtors are looked up by a key.
func (b *Books) CustomerField(by connectors.CustomerKey) (string, error) { return b.debtorField(by) }

func (b *Books) targetOf(entity domain.Entity) (target, error) {
	switch entity {
	case domain.EntityCustomer:
		return debtorTarget, nil
	case domain.EntityDeliveryAddress:
		return addressTarget, nil
	case domain.EntityOrder:
		return b.orderTarget(), nil
	default:
		return target{}, fmt.Errorf("accountview takes no %s", entity)
	}
}
