package activities

import (
	"context"
	"maps"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// customerLeaver makes customers inactive whose debtor the books no longer have.
type customerLeaver struct {
	*carriage
	till connectors.RelationSink
}

func leaveCustomers(ctx context.Context, p *carriage) (leaver, error) {
	till, err := p.Catalogue.RelationSink(ctx, p.Integration, p.doc.Version)
	return customerLeaver{p, till}, err
}

// leave also remembers what it wrote: should the debtor come back, the customer is
// inactive by our doing.
func (l customerLeaver) leave(ctx context.Context, row store.Catalog) (bool, error) {
	if l.doc.Flows.Customers.Gone != settings.CustomersGoneDeactivate {
		return false, nil
	}
	wrote, err := l.till.DeactivateRelation(ctx, row.TargetID)
	if fault.Is(err, fault.NotFound) {
		return true, nil
	}
	if err != nil {
		return true, err
	}
	last, err := l.written().Get(ctx, l.linkKey(row.SourceID))
	if err != nil {
		return true, err
	}
	r := &debtorRow{written: mapping.Written(maps.Clone(last))}
	if r.written == nil {
		r.written = mapping.Written{}
	}
	r.remember("", mapping.WrittenFrom(wrote))
	return true, l.inTx(ctx, func(tx pgx.Tx) error { return l.written().Put(ctx, tx, l.linkKey(row.SourceID), r.written) })
}
