package e2e

import (
	"fmt"
	"net/http"
	"net/url"

	"github.com/stretchr/testify/require"
)

// A sale as the till's own page sends it.
type (
	sale struct {
		RelationNumber  int64      `json:"relation_number,omitempty"`
		NewCustomer     *customer  `json:"new_customer,omitempty"`
		Lines           []saleLine `json:"lines,omitempty"`
		DeliveryMethod  string     `json:"delivery_method,omitempty"`
		DeliveryAddress *place     `json:"delivery_address,omitempty"`
	}
	saleLine struct {
		Article  int64  `json:"article"`
		Quantity string `json:"quantity"`
	}
	customer struct {
		Name      string `json:"name,omitempty"`
		Company   string `json:"company,omitempty"`
		Contact   string `json:"contact,omitempty"`
		Address   string `json:"address"`
		Zipcode   string `json:"zipcode"`
		City      string `json:"city"`
		Country   string `json:"country"`
		Email     string `json:"email"`
		Phone     string `json:"phone"`
		VATNumber string `json:"vat_number,omitempty"`
	}
	place struct {
		Name    string `json:"name"`
		Address string `json:"address"`
		Zipcode string `json:"zipcode"`
		City    string `json:"city"`
		Country string `json:"country"`
	}
	saved struct {
		OrderID        string `json:"order_id"`
		Number         string `json:"number"`
		RelationNumber int64  `json:"relation_number"`
		TotalInclCents int64  `json:"total_incl_cents"`
	}
)

// Articles that till and books both know.
const (
	ladle = 100101
	pan   = 100102
)

// knownCustomer is a relation of the till that the books know too.
const knownCustomer = 1

// oneLadle is the simplest sale.
func oneLadle(relation int64) sale {
	return sale{RelationNumber: relation, Lines: []saleLine{{ladle, "1"}}}
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
	till := b.Sandboxes.Till.Ready()
	query := url.Values{"ident": {till.Ident}, "secret": {till.Secret}}
	body := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:mplusqapi"><e:Body><createProduct><product>
<description>Gieter</description><articleList><article><articleNumber>%d</articleNumber><description>Gieter</description>
<turnoverGroup>30</turnoverGroup><vatCode>2</vatCode><priceIncl>1210</priceIncl></article></articleList>
</product></createProduct></e:Body></e:Envelope>`, number)
	status, answer := b.till.send(http.MethodPost, "/?"+query.Encode(), []byte(body), http.Header{"Content-Type": {"text/xml; charset=utf-8"}})
	require.Equal(b.t, http.StatusOK, status, "%s", answer)
	require.Contains(b.t, string(answer), "CREATE-PRODUCT-RESULT-OK")
}
