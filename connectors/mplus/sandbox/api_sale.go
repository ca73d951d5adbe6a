package sandbox

import (
	"errors"
	"fmt"
	"strings"
)

// saleJSON is a sale rung up by hand or by a program. In a change, what is left out stays.
type saleJSON struct {
	RelationNumber  int64         `json:"relation_number"`
	NewCustomer     *customerJSON `json:"new_customer"`
	Lines           []saleLine    `json:"lines"`
	DeliveryMethod  string        `json:"delivery_method"`
	DeliveryAddress *placeJSON    `json:"delivery_address"`
	Reference       string        `json:"reference"`
	// VATMethod is inclusive, exclusive, shifted or none; empty is what the customer has, else inclusive. It decides
	// whether PriceCents includes VAT.
	VATMethod string `json:"vat_method"`
	Branch    int32  `json:"branch"`
}

type saleLine struct {
	Article       int64  `json:"article"`
	Quantity      string `json:"quantity"` // a decimal such as 1.5
	PriceCents    *int64 `json:"price_cents"`
	DiscountCents *int64 `json:"discount_cents"`
	Text          string `json:"text"`
}

type placeJSON struct {
	Name    string `json:"name"`
	Contact string `json:"contact"`
	Address string `json:"address"` // street and number
	Zipcode string `json:"zipcode"`
	City    string `json:"city"`
	Country string `json:"country"` // free text, as in the till
}

// customerJSON is a customer who is not in the till yet.
type customerJSON struct {
	Name          string `json:"name"`
	Company       string `json:"company"`
	Contact       string `json:"contact"`
	Address       string `json:"address"`
	Zipcode       string `json:"zipcode"`
	City          string `json:"city"`
	Country       string `json:"country"`
	Email         string `json:"email"`
	Phone         string `json:"phone"`
	VATNumber     string `json:"vat_number"`
	ExtRelationID string `json:"ext_relation_id"`
}

// ring saves a new order. A new customer is enrolled first, as a cashier does, and stays should the order be refused.
func (t *till) ring(sale saleJSON) (*orderXML, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	sent, err := sale.order()
	if err != nil {
		return nil, err
	}
	if len(sale.Lines) == 0 {
		return nil, badInput("lines: a sale needs at least one")
	}
	if sale.NewCustomer != nil {
		if sale.RelationNumber != 0 {
			return nil, badInput("give relation_number or new_customer, not both")
		}
		customer, err := t.addCustomer(*sale.NewCustomer)
		if err != nil {
			return nil, err
		}
		sent.RelationNumber = customer.RelationNumber
	}
	if sale.DeliveryMethod == "" {
		sent.DeliveryMethod = new(defaultDelivery)
	}
	if sent.EntryBranchNumber != nil {
		sent.WorkplaceNumber = new(int32(1))
	}
	sent.EmployeeNumber = new(int64(1))
	b := t.begin()
	o, err := t.newOrder(b, sent)
	if err != nil {
		return nil, err
	}
	return o, b.commit()
}

// alter lays changes over an order. Changes that change nothing give the order as it is.
func (t *till) alter(id string, sale saleJSON) (o *orderXML, changed bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if sale.NewCustomer != nil {
		return nil, false, badInput("new_customer: only a new order can bring a new customer")
	}
	old := t.orders[id]
	if old == nil {
		return nil, false, errOrderMissing
	}
	sent, err := sale.order()
	if err != nil {
		return nil, false, err
	}
	sent.OrderID, sent.ChangeCounter, sent.VersionNumber = id, old.ChangeCounter, old.VersionNumber
	b := t.begin()
	o, err = t.changeOrder(b, sent)
	if errors.Is(err, errNoChanges) {
		return old, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	return o, true, b.commit()
}

// resave saves an order again as it is, as a till does when someone opens it and presses save.
func (t *till) resave(id string) (*orderXML, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	b := t.begin()
	o, err := t.touchOrder(b, id)
	if err != nil {
		return nil, err
	}
	return o, b.commit()
}

func (t *till) enrol(customer customerJSON) (*relationXML, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.addCustomer(customer)
}

func (t *till) addCustomer(customer customerJSON) (*relationXML, error) {
	b := t.begin()
	r, problem := t.newRelation(b, relationXML{
		ExtRelationID: filled(customer.ExtRelationID), Name: filled(customer.Name), Address: filled(customer.Address),
		Zipcode: filled(customer.Zipcode), City: filled(customer.City), Country: filled(customer.Country),
		Contact: filled(customer.Contact), Telephone: filled(customer.Phone), Email: filled(customer.Email),
		VATNumber: filled(customer.VATNumber), CompanyName: filled(customer.Company),
	})
	if problem != "" {
		return nil, badInput("a customer needs a name or a company")
	}
	return r, b.commit()
}

// order is the sale as the API would send it.
func (s saleJSON) order() (orderXML, error) {
	o := orderXML{DeliveryMethod: filled(s.DeliveryMethod), Reference: filled(s.Reference)}
	if s.RelationNumber != 0 {
		o.RelationNumber = &s.RelationNumber
	}
	if s.Branch != 0 {
		o.EntryBranchNumber = &s.Branch
	}
	if s.VATMethod != "" {
		method := vatMethod("VAT-METHOD-" + strings.ToUpper(s.VATMethod))
		switch method {
		case "VAT-METHOD-INCLUSIVE", "VAT-METHOD-EXCLUSIVE", "VAT-METHOD-SHIFTED", "VAT-METHOD-NONE":
		default:
			return o, badInput("vat_method: must be inclusive, exclusive, shifted or none")
		}
		o.VATMethod = &method
	}
	if a := s.DeliveryAddress; a != nil {
		o.DeliveryAddress = &addressXML{
			Name: filled(a.Name), Contact: filled(a.Contact), Address: filled(a.Address), Zipcode: filled(a.Zipcode),
			City: filled(a.City), Country: filled(a.Country),
		}
	}
	for i, line := range s.Lines {
		amount, err := parseQuantity(line.Quantity)
		if err != nil {
			return o, badInput(fmt.Sprintf("lines[%d].quantity: must be a decimal number as text, such as \"1.5\"", i))
		}
		if line.Article == 0 && line.Text == "" {
			return o, badInput(fmt.Sprintf("lines[%d].article: must be the number of an article", i))
		}
		if o.LineList == nil {
			o.LineList = &lineListXML{}
		}
		o.LineList.Line = append(o.LineList.Line, lineXML{
			ArticleNumber: line.Article, Text: filled(line.Text), Data: &lineDataXML{
				Quantity: amount.Amount, DecimalPlaces: new(amount.Places), Price: line.PriceCents, DiscountAmount: line.DiscountCents,
			},
		})
	}
	return o, nil
}
