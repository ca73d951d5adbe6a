package activities

import (
	"context"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

// debtorHolds is how long a default debtor that was seen in the books counts as
// there: sales over the counter are many, and each would cost a call.
const debtorHolds = 5 * time.Minute

// defaultDebtor is the debtor of a sale without customer. Whether the books have
// it is looked at here: every order would else be refused at its last step, and
// a dry run would not show it.
func (c *Customers) defaultDebtor(ctx context.Context, a Attempt, doc *Document) (string, error) {
	number := doc.Flows.Orders.DefaultDebtor
	if number == "" {
		return "", fault.New(fault.Invalid, "no_customer", "find customer").About(a.Number)
	}
	if c.Now().Before(time.Unix(0, doc.debtorSeen.Load()).Add(debtorHolds)) {
		return number, nil
	}
	sink, err := c.Connections.CustomerSink(ctx, a.Integration, a.Document)
	if err != nil {
		return "", err
	}
	found, err := sink.FindCustomers(ctx, connectors.ByNumber, number)
	if err != nil {
		return "", err
	}
	beat(ctx, "looked for the default debtor")
	switch {
	case len(found) == 0:
		return "", fault.New(fault.Conflict, "default_debtor_absent", "find customer").About(number)
	case found[0].Blocked:
		return "", fault.New(fault.Conflict, "customer_blocked", "find customer").About(number)
	}
	doc.debtorSeen.Store(c.Now().UnixNano())
	return number, nil
}
