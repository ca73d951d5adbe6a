package activities

import (
	"context"
	"fmt"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// look finds the customer that each debtor is: the one that it was before, or the one
// that the document's matching order finds.
func (c *customerCarrier) look(ctx context.Context, rs []*debtorRow) error {
	links, err := c.links(ctx, rs)
	if err != nil {
		return err
	}
	var asked []string
	for _, r := range rs {
		if r.known.TargetID != "" {
			asked = append(asked, r.known.TargetID)
		}
		asked = append(asked, links[r.key]...)
	}
	held := map[string]*connectors.HeldRecord{}
	if len(asked) > 0 {
		found, err := c.till.HeldRelations(ctx, asked)
		if err != nil {
			return err
		}
		for i := range found {
			held[found[i].Number] = &found[i]
		}
	}
	var strangers []*debtorRow
	for _, r := range rs {
		if r.held = held[r.known.TargetID]; r.known.TargetID == "" || r.held == nil {
			r.target = ""
			strangers = append(strangers, r)
		}
	}
	if err := c.match(ctx, strangers, links, held); err != nil {
		return err
	}
	for _, r := range rs {
		if r.held == nil {
			continue
		}
		r.target = r.held.Number
		if f, ok := fault.As(r.held.Fault); ok {
			r.parks(f)
		}
	}
	return nil
}

// links reads which customers of the till are linked to debtors: by us, or by their orders.
func (c *customerCarrier) links(ctx context.Context, rs []*debtorRow) (map[string][]string, error) {
	rows, err := db.Q.LinkListByTargets(ctx, c.DB, store.LinkListByTargetsParams{
		Integration: c.Integration, Entity: string(domain.EntityCustomer), TargetIds: keysIn(rs),
	})
	if err != nil {
		return nil, fmt.Errorf("read links of customers: %w", err)
	}
	links := map[string][]string{}
	for _, row := range rows {
		links[row.TargetID] = append(links[row.TargetID], row.SourceID)
		c.linked[row.SourceID] = true
	}
	return links, nil
}

// sought is where an answer to a look-up belongs.
type sought struct{ record, key int }

// match goes down the matching order for debtors that were not met before.
func (c *customerCarrier) match(ctx context.Context, rs []*debtorRow, links map[string][]string, held map[string]*connectors.HeldRecord) error {
	if len(rs) == 0 {
		return nil
	}
	debtors := make([]reconcile.RelationMatches, len(rs))
	var wanted []connectors.RelationLookup
	var places []sought
	for i, r := range rs {
		order := c.matchingOrder(r)
		debtors[i] = reconcile.RelationMatches{Debtor: r.key, ByKey: make([][]string, len(order))}
		for k, key := range order {
			if key == settings.RelationMatchLink {
				for _, number := range links[r.key] {
					if held[number] != nil {
						debtors[i].ByKey[k] = append(debtors[i].ByKey[k], number)
					}
				}
				continue
			}
			for _, look := range lookUps(key, r.source.Debtor) {
				wanted, places = append(wanted, look), append(places, sought{i, k})
			}
		}
	}
	found, err := c.till.FindRelations(ctx, wanted)
	if err != nil {
		return err
	}
	for i, hits := range found {
		for _, hit := range hits {
			held[hit.Number] = &hit
			at := &debtors[places[i].record].ByKey[places[i].key]
			*at = append(*at, hit.Number)
		}
	}
	owners, err := c.owners(ctx, debtors, held)
	if err != nil {
		return err
	}
	matches := reconcile.MatchRelations(debtors, func(debtor, customer string) bool {
		return owners[customer] == "" || owners[customer] == debtor
	})
	for _, r := range rs {
		if matches[r.key].Ambiguous {
			r.parks(fault.New(fault.Conflict, CodeRelationAmbiguous, "find customer").About(r.key))
			continue
		}
		r.held = held[matches[r.key].Number]
	}
	return nil
}

// matchingOrder is the document's. After a creation without an answer the customer
// that it may have made carries the debtor's number.
func (c *customerCarrier) matchingOrder(r *debtorRow) []settings.RelationMatch {
	order := c.doc.Flows.Customers.Match
	if r.known.SourceID != "" && r.known.TargetID == "" && (r.known.Outcome == "" || r.known.Outcome == OutcomeDeferred) {
		order = append([]settings.RelationMatch{settings.RelationMatchNumber}, order...)
	}
	return order
}

// lookUps are the look-ups of one key. The books may know the customer's number at
// the till: an order that made the debtor wrote it there.
func lookUps(key settings.RelationMatch, d domain.Debtor) []connectors.RelationLookup {
	switch key {
	case settings.RelationMatchNumber:
		return []connectors.RelationLookup{{By: connectors.ByExternalNumber, Value: d.Number}, {By: connectors.ByNumber, Value: d.ExternalNumber}}
	case settings.RelationMatchVATNumber:
		return []connectors.RelationLookup{{By: connectors.ByVATNumber, Value: d.VATNumber}}
	case settings.RelationMatchEmail:
		return []connectors.RelationLookup{{By: connectors.ByEmail, Value: d.Email}}
	default:
		return nil
	}
}

// owners tells of customers which debtor they are: because we said so before, because
// their orders go to it, or because they carry its number and the books have it.
func (c *customerCarrier) owners(ctx context.Context, debtors []reconcile.RelationMatches, held map[string]*connectors.HeldRecord) (map[string]string, error) {
	var numbers []string
	for _, d := range debtors {
		for _, hits := range d.ByKey {
			numbers = append(numbers, hits...)
		}
	}
	owners := map[string]string{}
	if len(numbers) == 0 {
		return owners, nil
	}
	var carried []string
	for _, number := range numbers {
		if debtor := c.till.DebtorNumberOf(*held[number]); debtor != "" {
			owners[number] = debtor
			carried = append(carried, debtor)
		}
	}
	known, err := c.books.DebtorsByNumber(ctx, carried)
	if err != nil {
		return nil, err
	}
	exists := map[string]bool{}
	for _, one := range known {
		exists[one.Debtor.Number] = true
	}
	for number, debtor := range owners {
		if !exists[debtor] { // a number of something else
			delete(owners, number)
		}
	}
	rows, err := db.Q.LinkListSources(ctx, c.DB, store.LinkListSourcesParams{
		Integration: c.Integration, Entity: string(domain.EntityCustomer), SourceIds: numbers,
	})
	if err != nil {
		return nil, fmt.Errorf("read links of customers: %w", err)
	}
	for _, row := range rows {
		owners[row.SourceID] = row.TargetID
	}
	before, err := db.Q.CatalogByTarget(ctx, c.DB, store.CatalogByTargetParams{Integration: c.Integration, Entity: string(c.entity), TargetIds: numbers})
	if err != nil {
		return nil, fmt.Errorf("read which customers debtors are: %w", err)
	}
	for _, row := range before {
		if row.GoneAt == nil {
			owners[row.TargetID] = row.SourceID
		}
	}
	return owners, nil
}
