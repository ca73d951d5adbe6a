package activities

import (
	"context"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
)

// ExplainPriceInput asks what a customer pays for an article.
type ExplainPriceInput struct {
	Ask
	Customer string // number in the books
	SKU      string // code in the books
	Quantity string // a decimal
	On       string // a day; empty: today
}

// ExplainPriceResult says where the answer is kept, encrypted.
type ExplainPriceResult struct {
	Results string // reference to a PriceExplained
	Under   Versions
}

// PriceExplained is what a customer pays, why, and what the till says.
type PriceExplained struct {
	Versions
	Customer      string           `json:"customer"` // number in the books
	SKU           string           `json:"sku"`      // code in the books
	Quantity      decimal.Decimal  `json:"quantity"`
	On            domain.Date      `json:"on"`
	PriceList     string           `json:"price_list,omitempty"`     // that the customer has in the books
	CustomerGroup string           `json:"customer_group,omitempty"` // that the customer is in
	TillCustomer  string           `json:"till_customer,omitempty"`  // number at the till; empty: it is not there
	TillArticle   string           `json:"till_article,omitempty"`
	Usual         UsualPrice       `json:"usual"`
	Rows          []ExplainedPrice `json:"rows"` // of the books, all that could matter
	Pays          *PricePaid       `json:"pays,omitempty"`
	Till          *TillsPrice      `json:"till,omitempty"`
	Reason        *ShownReason     `json:"reason,omitempty"` // why the till was not asked, or did not answer
}

// UsualPrice is what anybody pays for one.
type UsualPrice struct {
	Incl decimal.Decimal `json:"incl"`
	Excl decimal.Decimal `json:"excl"`
	From string          `json:"from"` // till, or books when the till does not have the article
}

// ExplainedPrice is one row of the books, and what becomes of it.
type ExplainedPrice struct {
	ID       string           `json:"id"`
	For      string           `json:"for"` // customer 10001, price list HOREC, group BEDRIJF, everybody
	Of       string           `json:"of"`  // article 100101, article group KPAN, brand:Lodge, everything
	From     decimal.Decimal  `json:"from,omitzero"`
	Price    *decimal.Decimal `json:"price,omitempty"`
	Basis    string           `json:"basis,omitempty"`    // incl or excl, of a price
	Discount *decimal.Decimal `json:"discount,omitempty"` // percent
	Begins   domain.Date      `json:"begins,omitzero"`
	Ends     domain.Date      `json:"ends,omitzero"`
	State    string           `json:"state"`
	Why      string           `json:"why"` // in words
}

// PricePaid is what the customer pays.
type PricePaid struct {
	Basis    string          `json:"basis"` // incl or excl: of the amounts
	Unit     decimal.Decimal `json:"unit"`
	Discount decimal.Decimal `json:"discount"` // percent
	Amount   decimal.Decimal `json:"amount"`
	Because  string          `json:"because"` // id of the row; empty: the usual price
}

// TillsPrice is what the till would charge.
type TillsPrice struct {
	UnitIncl   decimal.Decimal `json:"unit_incl"`
	UnitExcl   decimal.Decimal `json:"unit_excl"`
	Discount   decimal.Decimal `json:"discount"`
	AmountIncl decimal.Decimal `json:"amount_incl"`
	AmountExcl decimal.Decimal `json:"amount_excl"`
	Kind       string          `json:"kind,omitempty"` // in the till's words
	Difference decimal.Decimal `json:"difference"`     // what the till charges more, in the basis of what is paid
	Same       bool            `json:"same"`
	Causes     []string        `json:"causes,omitempty"` // of the difference, as far as they can be named
}

// ExplainPrice says what a customer pays for an article and why, and what the till
// would charge.
func (p *Previews) ExplainPrice(ctx context.Context, in ExplainPriceInput) (ExplainPriceResult, error) {
	var out ExplainPriceResult
	err := p.explainPrice(ctx, in, &out)
	return out, p.fail(ctx, in.Integration, err)
}

func (p *Previews) explainPrice(ctx context.Context, in ExplainPriceInput, out *ExplainPriceResult) error {
	doc, under, err := p.asked(ctx, in.Ask)
	if err != nil {
		return err
	}
	out.Under = under
	e, err := p.priceExplainer(ctx, in, doc, under)
	if err != nil {
		return err
	}
	if err := e.rowsOfBooks(ctx); err != nil {
		return err
	}
	if err := e.pays(ctx); err != nil {
		return err
	}
	if err := e.compare(ctx); err != nil {
		return err
	}
	out.Results, err = p.keep(ctx, in.Integration, e.answer)
	return err
}

// priceExplainer goes through one question.
type priceExplainer struct {
	*priceCarrier
	answer     PriceExplained
	product    domain.Product
	numbered   articles // of the one article
	levelField string   // that names the next
	level      string   // price group of the till that the customer belongs in, by the books
	ranked     []reconcile.RankedPrice
	charge     reconcile.Charge
	held       connectors.HeldPrices // of the customer
	article    connectors.HeldPrices
}

func (p *Previews) priceExplainer(ctx context.Context, in ExplainPriceInput, doc *Document, under Versions) (*priceExplainer, error) {
	quantity, err := decimal.NewFromString(in.Quantity)
	if err != nil || !quantity.IsPositive() {
		return nil, fault.New(fault.Invalid, "quantity_not_positive", "explain a price")
	}
	c := &carriage{Desk: p.Desk, CarryInput: CarryInput{Integration: in.Integration, DryRun: true}, flow: domain.FlowPrices, entity: domain.EntityPrice, doc: doc}
	c.set = doc.Flows.Prices.Catalog
	c.today = domain.DateIn(p.Now(), domain.Amsterdam())
	if in.On != "" {
		if c.today, err = domain.ParseDate(in.On); err != nil {
			return nil, fault.New(fault.Invalid, "day_not_understood", "explain a price")
		}
	}
	carrier, err := openPriceCarrier(ctx, c, under.InForce)
	if err != nil {
		return nil, err
	}
	e := &priceExplainer{priceCarrier: carrier, answer: PriceExplained{
		Versions: under, Customer: in.Customer, SKU: in.SKU, Quantity: quantity, On: c.today, Rows: []ExplainedPrice{},
	}}
	return e, e.whoAndWhat(ctx)
}

// whoAndWhat reads the customer and the article in the books, and how the till knows them.
func (e *priceExplainer) whoAndWhat(ctx context.Context) error {
	debtors, err := e.Catalogue.DebtorSource(ctx, e.Integration, e.answer.InForce)
	if err != nil {
		return err
	}
	found, err := debtors.DebtorsByNumber(ctx, []string{e.answer.Customer})
	if err != nil {
		return err
	}
	if len(found) != 1 {
		return fault.New(fault.NotFound, "customer_unknown_in_books", "explain a price").About(e.answer.Customer)
	}
	e.answer.PriceList, e.answer.CustomerGroup = found[0].Debtor.PriceList, found[0].Debtor.Group
	beat(ctx, "read the customer")
	products, err := e.Catalogue.ProductSource(ctx, e.Integration, e.answer.InForce)
	if err != nil {
		return err
	}
	records, err := products.ProductsByCode(ctx, []string{e.answer.SKU})
	if err != nil {
		return err
	}
	for _, r := range records {
		for _, sold := range r.Product.Sold() {
			if strings.EqualFold(sold.SKU, e.answer.SKU) && r.Fault == nil {
				e.product = sold
			}
		}
	}
	if e.product.SKU == "" {
		return fault.New(fault.NotFound, "article_unknown_in_books", "explain a price").About(e.answer.SKU)
	}
	e.answer.SKU = e.product.SKU
	if e.numbered.numbers, e.numbered.refused, err = e.numbersOf(ctx, []string{e.product.SKU}); err != nil {
		return err
	}
	beat(ctx, "read the article")
	return e.atTill(ctx)
}

func (e *priceExplainer) atTill(ctx context.Context) error {
	numbers, err := e.customerNumbers(ctx, []string{e.answer.Customer})
	if err != nil {
		return err
	}
	if number := numbers[e.answer.Customer]; number != "" {
		held, err := e.till.HeldPrices(ctx, connectors.HolderCustomer, []string{number})
		if err != nil {
			return err
		}
		if len(held) == 1 {
			e.held, e.answer.TillCustomer = held[0], number
		}
	}
	held, articles, err := e.heldArticles(ctx, []string{e.answer.SKU})
	if err != nil {
		return err
	}
	e.answer.Usual = UsualPrice{Incl: e.product.PriceIncl, Excl: e.product.PriceExcl, From: "books"}
	if h, known := held[articles[e.answer.SKU]]; known {
		e.article, e.answer.TillArticle = h, h.Number
		e.answer.Usual = UsualPrice{Incl: h.Base.Incl, Excl: h.Base.Excl, From: "till"}
	}
	return nil
}

// scope is all that could be of this customer and this article.
func (e *priceExplainer) scope() connectors.PriceScope {
	of := connectors.PriceScope{Customers: []string{e.answer.Customer}, Everybody: true, SKUs: []string{e.answer.SKU}, Everything: true}
	if e.answer.PriceList != "" {
		of.PriceLists = []string{e.answer.PriceList}
	}
	if e.answer.CustomerGroup != "" {
		of.CustomerGroups = []string{e.answer.CustomerGroup}
	}
	if e.product.Group != "" {
		of.ArticleGroups = []string{e.product.Group}
	}
	for name, value := range e.product.Attributes {
		of.Attributes = append(of.Attributes, domain.Attribute{Name: name, Value: value})
	}
	return of
}

// told adds a row to the answer.
func (e *priceExplainer) told(id string, p domain.Price, state, why string) {
	row := ExplainedPrice{ID: id, For: forWhom(p), Of: ofWhat(p), From: p.MinQuantity, Begins: p.ValidFrom, Ends: p.ValidUntil, State: state, Why: why}
	if p.PriceBasis != "" {
		agreed := p.Agreed()
		row.Price, row.Basis = &agreed, string(p.PriceBasis)
	} else if !p.DiscountPercent.IsZero() {
		discount := p.DiscountPercent
		row.Discount = &discount
	}
	e.answer.Rows = append(e.answer.Rows, row)
}

func forWhom(p domain.Price) string {
	switch {
	case p.Customer != "":
		return "customer " + p.Customer
	case p.PriceList != "":
		return "price list " + p.PriceList
	case p.CustomerGroup != "":
		return "group " + p.CustomerGroup
	default:
		return strings.TrimSpace("everybody " + p.Promotion)
	}
}

func ofWhat(p domain.Price) string {
	switch {
	case p.SKU != "":
		return "article " + p.SKU
	case p.ArticleGroup != "":
		return "article group " + p.ArticleGroup
	case p.Attribute != (domain.Attribute{}):
		return p.Attribute.String()
	default:
		return "everything"
	}
}

// compare asks the till, and names what differs.
func (e *priceExplainer) compare(ctx context.Context) error {
	if e.answer.TillCustomer == "" || e.answer.TillArticle == "" {
		code := CodeCustomerAbsent
		if e.answer.TillCustomer != "" {
			code = CodeArticleAbsent
		}
		e.answer.Reason = shownReason(fault.New(fault.NotFound, code, "explain a price"))
		return nil
	}
	at := e.doc.Flows.Prices.Explain
	charged, err := e.till.Charged(ctx, connectors.PriceQuestion{
		Customer: e.answer.TillCustomer, Article: e.answer.TillArticle, Quantity: e.answer.Quantity, On: e.answer.On, Branch: at.Branch, Workplace: at.Workplace,
	})
	if f, ok := fault.As(err); ok && !f.Kind.StopsEverything() && f.Kind != fault.Throttled {
		e.answer.Reason = shownReason(f)
		return nil
	}
	if err != nil {
		return err
	}
	till := &TillsPrice{
		UnitIncl: charged.PriceIncl, UnitExcl: charged.PriceExcl, Discount: charged.DiscountPercent,
		AmountIncl: charged.AmountIncl, AmountExcl: charged.AmountExcl, Kind: charged.Why,
	}
	theirs := till.AmountIncl
	if e.charge.Basis == domain.PriceBasisExcl {
		theirs = till.AmountExcl
	}
	till.Difference = theirs.Sub(e.charge.Amount)
	if till.Same = till.Difference.IsZero(); !till.Same {
		till.Causes = e.causes()
	}
	e.answer.Till = till
	return nil
}

// causes names what can make the till charge something else.
func (e *priceExplainer) causes() []string {
	var causes []string
	if e.level != "" && e.held.Group != e.level {
		causes = append(causes, fmt.Sprintf("the till has the customer in price group %s, the books mean %s", orNone(e.held.Group), e.level))
	}
	if own := e.product.Price(); e.product.PriceBasis == domain.PriceBasisIncl && !own.Round(2).Equal(e.answer.Usual.Incl) ||
		e.product.PriceBasis == domain.PriceBasisExcl && !own.Round(2).Equal(e.answer.Usual.Excl) {
		causes = append(causes, fmt.Sprintf("the usual price is %s (%s VAT) in the books, and another at the till", domain.AmountWords(own), e.product.PriceBasis))
	}
	wanted := map[string]domain.Draft{}
	for _, r := range e.ranked {
		if r.State == reconcile.PriceStands {
			wanted[e.schema.RecordKey(r.Draft)] = r.Draft
		}
	}
	for _, held := range append(e.held.Rows, e.article.Rows...) {
		key := e.schema.RecordKey(held)
		if _, ours := wanted[key]; !ours && e.mayMatter(held) {
			causes = append(causes, "the till has a price that the books do not have: "+key)
		}
		delete(wanted, key)
	}
	for key := range wanted {
		causes = append(causes, "the till does not have yet: "+key)
	}
	if len(causes) == 0 {
		causes = append(causes, "the till chooses or rounds otherwise than flows.prices.precedence says")
	}
	return causes
}

// mayMatter reports whether a row of the till could be of this article for this
// customer: it names the article or its discount group, or nothing but the customer.
func (e *priceExplainer) mayMatter(held domain.Draft) bool {
	if field, number := levelOf(held, e.levels); field != "" && field == e.levelField && number != e.level && number != e.held.Group {
		return false
	}
	named := false
	for _, f := range held.Fields {
		spec, known := e.schema.Field(f.Name)
		if !known || spec.Updatable || spec.Kind != domain.KindText || f.Value.Text == e.answer.TillCustomer {
			continue
		}
		if f.Value.Text == e.answer.TillArticle || f.Value.Text == e.article.Base.DiscountGroup {
			return true
		}
		named = true
	}
	return !named
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
