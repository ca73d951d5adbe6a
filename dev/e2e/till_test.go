package e2e

import (
	"fmt"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/outside"
)

// What the till's own page takes and gives.
type (
	sale     = outside.Sale
	saleLine = outside.SaleLine
	customer = outside.Customer
	place    = outside.Place
	saved    = outside.Saved
)

func of(article int64, quantity string) saleLine { return outside.Of(article, quantity) }

// Articles that till and books both know.
const (
	ladle = 100101
	pan   = 100102
)

// knownCustomer is a relation of the till that the books know too.
const knownCustomer = 1

// oneLadle is the simplest sale.
func oneLadle(relation int64) sale {
	return sale{RelationNumber: relation, Lines: []saleLine{of(ladle, "1")}}
}

// newcomer is a customer whom neither the books nor the till have seen.
func newcomer(i int) *customer {
	return &customer{
		Name: fmt.Sprintf("Nieuwe Klant %d", i), Address: fmt.Sprintf("Proefstraat %d", i+1), Zipcode: "1234 AB", City: "Amersfoort",
		Country: "Nederland", Email: fmt.Sprintf("nieuw%d@post.example", i), Phone: "06-55512345",
	}
}

// ringUp saves a new order at the till.
func (b *bundle) ringUp(s sale) saved {
	b.t.Helper()
	var order saved
	b.till.post("/_sandbox/orders", s, &order)
	return order
}

// enrol makes a customer known to the till.
func (b *bundle) enrol(c *customer) int64 {
	b.t.Helper()
	var made struct {
		RelationNumber int64 `json:"relation_number"`
	}
	b.till.post("/_sandbox/relations", c, &made)
	return made.RelationNumber
}

// change saves an order anew with other lines.
func (b *bundle) change(order saved, lines ...saleLine) {
	b.t.Helper()
	b.till.put("/_sandbox/orders/"+order.OrderID, sale{Lines: lines}, nil)
}

// resave saves an order again as it is.
func (b *bundle) resave(order saved) {
	b.t.Helper()
	b.till.post("/_sandbox/orders/"+order.OrderID+"/save", struct{}{}, nil)
}

// newTillArticle creates an article that only the till knows.
func (b *bundle) newTillArticle(number int64) {
	b.t.Helper()
	require.NoError(b.t, b.Shop().Till().NewArticle(b.t.Context(), number))
}
