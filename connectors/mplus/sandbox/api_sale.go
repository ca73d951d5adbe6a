package sandbox

import (
	"errors"
	"reflect"
	"slices"
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
	Workplace int32  `json:"workplace"`
	// FinancialDate is YYYY-MM-DD; empty is today. The time of entry is always now.
	FinancialDate  string `json:"financial_date"`
	DeliveryDate   string `json:"delivery_date"`
	EmployeeNumber int64  `json:"employee_number"`
	Category       int32  `json:"category"` // order category
	PaymentMethod  string `json:"payment_method"`
	VATCountry     string `json:"vat_country"` // ISO 3166 alpha-3
	// OrderType is sales, repeat-sales, external-sales, table or cafeteria; empty is sales. It cannot change.
	OrderType string       `json:"order_type"`
	Beside    []besideJSON `json:"beside"`
}

// saleLine is one line. Article 0 is a line of text only.
type saleLine struct {
	Article         int64  `json:"article"`
	Quantity        string `json:"quantity"` // a decimal such as 1.5
	PriceCents      *int64 `json:"price_cents"`
	DiscountCents   *int64 `json:"discount_cents"`
	DiscountPercent string `json:"discount_percent"` // a decimal such as 12.5
	Text            string `json:"text"`
	// TurnoverGroup is a number of getTurnoverGroups, which says what a line counts as; 0 is that of the article.
	TurnoverGroup int32 `json:"turnover_group"`
	OwnUse        bool  `json:"own_use"` // the shop used it itself (bpeId)
	// Heading makes the line a header, which sells nothing.
	Heading bool `json:"heading"`
	// Components are what a composed article is made of (preparationList). The line's own price includes them.
	Components []saleLine `json:"components"`
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
	sent, err := sale.manned()
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
	b := t.begin()
	var o *orderXML
	if err := t.with(sale.Beside, func() (string, error) {
		if o, err = t.newOrder(b, sent); err != nil {
			return "", err
		}
		return o.OrderID, nil
	}); err != nil {
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
	err = t.with(sale.Beside, func() (string, error) {
		o, err = t.changeOrder(b, sent)
		return id, err
	})
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

// manned is a new sale as the API would send it, rung up by somebody at some till.
func (s saleJSON) manned() (orderXML, error) {
	o, err := s.order()
	if o.EntryBranchNumber != nil && o.WorkplaceNumber == nil {
		o.WorkplaceNumber = new(int32(1))
	}
	if o.EmployeeNumber == nil {
		o.EmployeeNumber = new(int64(1))
	}
	return o, err
}

// order is the sale as the API would send it.
func (s saleJSON) order() (orderXML, error) {
	o := orderXML{
		DeliveryMethod: filled(s.DeliveryMethod), Reference: filled(s.Reference), PaymentMethod: filled(s.PaymentMethod),
		VATCountryISO3: filled(s.VATCountry), EmployeeNumber: nonZero(s.EmployeeNumber), WorkplaceNumber: nonZero(s.Workplace),
		OrderCategoryNumber: nonZero(s.Category),
	}
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
	var err error
	if o.FinancialDate, err = dayFrom("financial_date", s.FinancialDate); err != nil {
		return o, err
	}
	if o.DeliveryDate, err = dayFrom("delivery_date", s.DeliveryDate); err != nil {
		return o, err
	}
	if s.OrderType != "" {
		kind := orderType("ORDER-TYPE-" + strings.ToUpper(s.OrderType) + "-ORDER")
		if !slices.Contains(enumValues[reflect.TypeFor[orderType]()], string(kind)) {
			return o, badInput("order_type: must be sales, repeat-sales, external-sales, table or cafeteria")
		}
		o.OrderType = &kind
	}
	if s.Lines != nil {
		lines, err := linesOf("lines", s.Lines)
		o.LineList = &lineListXML{lines}
		return o, err
	}
	return o, nil
}
