package outside

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// A sale as the till's own page sends it.
type (
	// Sale is what is rung up. In a change, what is left out stays. What stands
	// below Type belongs to receipts and invoices only.
	Sale struct {
		RelationNumber  int64      `json:"relation_number,omitempty"`
		NewCustomer     *Customer  `json:"new_customer,omitempty"`
		Lines           []SaleLine `json:"lines,omitempty"`
		DeliveryMethod  string     `json:"delivery_method,omitempty"`
		DeliveryAddress *Place     `json:"delivery_address,omitempty"`
		Reference       string     `json:"reference,omitempty"`
		VATMethod       string     `json:"vat_method,omitempty"`
		VATCountry      string     `json:"vat_country,omitempty"`
		Branch          int        `json:"branch,omitempty"`
		Workplace       int        `json:"workplace,omitempty"`
		FinancialDate   string     `json:"financial_date,omitempty"`
		DeliveryDate    string     `json:"delivery_date,omitempty"`
		EmployeeNumber  int64      `json:"employee_number,omitempty"`
		Category        int        `json:"category,omitempty"`
		PaymentMethod   string     `json:"payment_method,omitempty"`
		OrderType       string     `json:"order_type,omitempty"`
		Beside          []Beside   `json:"beside,omitempty"`

		Type        string    `json:"type,omitempty"`
		OrderIDs    []string  `json:"order_ids,omitempty"`
		Credits     string    `json:"credits,omitempty"`
		Payments    []Payment `json:"payments,omitempty"`
		State       string    `json:"state,omitempty"`
		AmountCents int64     `json:"amount_cents,omitempty"`
	}
	// SaleLine is one line of it. No price: the article's own.
	SaleLine struct {
		Article         int64      `json:"article"`
		Quantity        string     `json:"quantity,omitempty"`
		PriceCents      *int64     `json:"price_cents,omitempty"`
		DiscountCents   *int64     `json:"discount_cents,omitempty"`
		DiscountPercent string     `json:"discount_percent,omitempty"`
		Text            string     `json:"text,omitempty"`
		TurnoverGroup   int        `json:"turnover_group,omitempty"`
		OwnUse          bool       `json:"own_use,omitempty"`
		Heading         bool       `json:"heading,omitempty"`
		Components      []SaleLine `json:"components,omitempty"`
	}
	// Beside is an amount of a VAT group that stands on no line: a discount on the
	// whole sale, what delivery costs. In the terms of the VAT method.
	Beside struct {
		VATCode int   `json:"vat_code"`
		Cents   int64 `json:"cents"`
	}
	// Payment is money that came in. No amount: what is still to pay.
	Payment struct {
		Method      string `json:"method"`
		AmountCents int64  `json:"amount_cents,omitempty"`
		Date        string `json:"date,omitempty"`
	}
	// States are how far a sales order is, and what is paid besides.
	States struct {
		Delivery     string    `json:"delivery,omitempty"`
		Cancel       string    `json:"cancel,omitempty"`
		Complete     string    `json:"complete,omitempty"`
		FullyPaid    *bool     `json:"fully_paid,omitempty"`
		PrepaidCents *int64    `json:"prepaid_cents,omitempty"`
		Payments     []Payment `json:"payments,omitempty"`
	}
	// Customer is somebody whom the till does not know yet.
	Customer struct {
		Name          string `json:"name,omitempty"`
		Company       string `json:"company,omitempty"`
		Contact       string `json:"contact,omitempty"`
		Address       string `json:"address,omitempty"`
		Zipcode       string `json:"zipcode,omitempty"`
		City          string `json:"city,omitempty"`
		Country       string `json:"country,omitempty"`
		Email         string `json:"email,omitempty"`
		Phone         string `json:"phone,omitempty"`
		VATNumber     string `json:"vat_number,omitempty"`
		ExtRelationID string `json:"ext_relation_id,omitempty"`
	}
	// Place is where the goods go.
	Place struct {
		Name    string `json:"name,omitempty"`
		Contact string `json:"contact,omitempty"`
		Address string `json:"address"`
		Zipcode string `json:"zipcode"`
		City    string `json:"city"`
		Country string `json:"country"`
	}
	// Saved is what the till says of a sale that it saved.
	Saved struct {
		OrderID        string `json:"order_id"`
		ID             string `json:"id"` // of a receipt or an invoice
		Number         string `json:"number"`
		RelationNumber int64  `json:"relation_number"`
		TotalInclCents int64  `json:"total_incl_cents"`
	}
	// Sold is a sale as the till's own page shows it.
	Sold struct {
		Saved
		Reference  string    `json:"reference"`
		Cancelled  bool      `json:"cancelled"`
		SyncMarker int64     `json:"sync_marker"`
		VAT        []SoldVAT `json:"vat"`
	}
	// SoldVAT is what a sale comes to under one VAT code of the till.
	SoldVAT struct {
		Code      int   `json:"code"`
		ExclCents int64 `json:"excl_cents"`
		VATCents  int64 `json:"vat_cents"`
	}
)

// Of is a line that sells so much of an article at its own price.
func Of(article int64, quantity string) SaleLine {
	return SaleLine{Article: article, Quantity: quantity}
}

// Till is the till, with the credentials that its API wants.
type Till struct {
	Page
	Ident, Secret string
}

// What a sale is saved as: the name of the till's own page.
const (
	Orders   = "orders"
	Receipts = "receipts"
	Invoices = "invoices"
)

// RingUp saves a new sale. The id of the answer stands in both of its ids.
func (t Till) RingUp(ctx context.Context, as string, sale Sale) (Saved, error) {
	var saved Saved
	err := t.Post(ctx, "/_sandbox/"+as, sale, &saved)
	saved.ID, saved.OrderID = saved.ID+saved.OrderID, saved.ID+saved.OrderID
	return saved, err
}

// Change saves a sale anew.
func (t Till) Change(ctx context.Context, as, id string, sale Sale) error {
	return t.Put(ctx, "/_sandbox/"+as+"/"+id, sale, nil)
}

// Sold lists every sales order that the till has.
func (t Till) Sold(ctx context.Context) ([]Sold, error) { return t.SoldAs(ctx, Orders) }

// SoldAs lists every order, receipt or invoice.
func (t Till) SoldAs(ctx context.Context, as string) ([]Sold, error) {
	page := map[string][]Sold{}
	err := t.Get(ctx, "/_sandbox/"+as, &page)
	for i := range page[as] {
		s := &page[as][i]
		s.ID, s.OrderID = s.ID+s.OrderID, s.ID+s.OrderID
	}
	return page[as], err
}

// Do calls an operation of the till's API with the XML that stands inside it,
// and demands an answer that says result.
func (t Till) Do(ctx context.Context, operation, inside, result string) (answer string, err error) {
	query := url.Values{"ident": {t.Ident}, "secret": {t.Secret}}
	body := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:mplusqapi"><e:Body><%[1]s>%[2]s</%[1]s></e:Body></e:Envelope>`, operation, inside)
	status, said, err := t.Send(ctx, http.MethodPost, "/?"+query.Encode(), []byte(body), http.Header{"Content-Type": {"text/xml; charset=utf-8"}})
	if err != nil {
		return "", err
	}
	if status != http.StatusOK || !strings.Contains(string(said), result) {
		return "", fmt.Errorf("%s: %d %s", operation, status, said)
	}
	return string(said), nil
}

// NewArticle creates an article of 12.10 euro incl. 21 % that only the till knows.
func (t Till) NewArticle(ctx context.Context, number int64) error {
	_, err := t.Do(ctx, "createProduct", fmt.Sprintf(`<product><description>Gieter</description><articleList><article>
<articleNumber>%d</articleNumber><description>Gieter</description><turnoverGroup>30</turnoverGroup><vatCode>2</vatCode>
<priceIncl>1210</priceIncl></article></articleList></product>`, number), "CREATE-PRODUCT-RESULT-OK")
	return err
}

// SetStates says how far a sales order is.
func (t Till) SetStates(ctx context.Context, orderID string, states States) error {
	return t.Put(ctx, "/_sandbox/"+Orders+"/"+orderID+"/states", states, nil)
}

// Cancel cancels an order as a whole.
func (t Till) Cancel(ctx context.Context, orderID string) error {
	_, err := t.Do(ctx, "cancelOrder", "<orderId>"+orderID+"</orderId>", "CANCEL-ORDER-RESULT-OK")
	return err
}
