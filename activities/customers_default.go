package activities

import (
	"context"
	"sync"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// seenHolds is how long a default debtor that was seen in the books counts as
// there: sales over the counter are many, and each would cost a call.
const seenHolds = 5 * time.Minute

// seen remembers for a while what the books answered.
type seen[K comparable, V any] struct {
	mu    sync.Mutex
	known map[K]answered[V]
}

type answered[V any] struct {
	value V
	at    time.Time
}

func (s *seen[K, V]) get(key K, now time.Time) (V, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a, ok := s.known[key]
	return a.value, ok && now.Before(a.at.Add(seenHolds))
}

func (s *seen[K, V]) put(key K, value V, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.known == nil {
		s.known = map[K]answered[V]{}
	}
	for old, a := range s.known { // what no longer holds need not be kept
		if !now.Before(a.at.Add(seenHolds)) {
			delete(s.known, old)
		}
	}
	s.known[key] = answered[V]{value, now}
}

// defaultDebtor is the debtor of a sale without customer. Whether the books have
// it is looked at here: every order would else be refused at its last step, and
// a dry run would not show it.
func (c *Customers) defaultDebtor(ctx context.Context, a Attempt, doc *Document, order domain.Order) (mapping.Chosen, error) {
	chosen, err := doc.Mapper.DefaultDebtor(order)
	if err != nil {
		return chosen, unmappable(err, a.Number)
	}
	number := chosen.Value
	if number == "" && order.Source == domain.SourceDayTotal { // a page of both sides needs no debtor
		return chosen, nil
	}
	if number == "" {
		return chosen, fault.New(fault.Invalid, "no_customer", "find customer").About(a.Number)
	}
	if _, ok := doc.debtors.get(number, c.Now()); ok {
		return chosen, nil
	}
	sink, err := c.Connections.CustomerSink(ctx, a.Integration, a.Document)
	if err != nil {
		return chosen, err
	}
	found, err := sink.FindCustomers(ctx, connectors.ByNumber, number)
	if err != nil {
		return chosen, err
	}
	beat(ctx, "looked for the default debtor")
	switch {
	case len(found) == 0:
		return chosen, fault.New(fault.Conflict, "default_debtor_absent", "find customer").About(number)
	case found[0].Blocked:
		return chosen, fault.New(fault.Conflict, "customer_blocked", "find customer").About(number)
	}
	doc.debtors.put(number, true, c.Now())
	return chosen, nil
}
