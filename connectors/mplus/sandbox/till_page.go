package sandbox

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

//go:embed till_page.html
var tillHTML string

var tillTemplate = template.Must(template.New("till").Funcs(template.FuncMap{"euro": euro}).Parse(tillHTML))

const (
	linesOnPage  = 4
	ordersOnPage = 25
)

type tillView struct {
	Customers  []choice
	Articles   []choice
	Deliveries []choice
	Payments   []choice
	Lines      []int
	Orders     []orderView
	Saved      string
	Problem    string
}

type choice struct{ Value, Text string }

type orderView struct {
	ID, Number, Customer, Moment, Delivery string
	Lines                                  []string
	TotalCents                             int64
	Cancelled                              bool
}

// euro writes cents the Dutch way.
func euro(cents int64) string {
	text := quantity{cents, 2}.text()
	return "€ " + strings.Replace(text, ".", ",", 1)
}

func (s *Server) showTill(w http.ResponseWriter, r *http.Request) {
	view := s.till.view()
	view.Saved, view.Problem = r.URL.Query().Get("saved"), r.URL.Query().Get("problem")
	var page bytes.Buffer
	if err := tillTemplate.Execute(&page, view); err != nil {
		s.opts.Log.Error("sandbox till", "error", err)
		http.Error(w, "the page could not be made", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = page.WriteTo(w)
}

func (t *till) view() tillView {
	var view tillView
	for i, o := range t.latest() {
		if i == ordersOnPage {
			break
		}
		view.Orders = append(view.Orders, viewOf(o))
	}
	for i := range linesOnPage {
		view.Lines = append(view.Lines, i+1)
	}
	for _, d := range deliveryMethods {
		if value(d.Enabled) {
			view.Deliveries = append(view.Deliveries, choice{d.DeliveryMethod, d.Description})
		}
	}
	for _, m := range paymentMethods {
		if value(m.Active) {
			view.Payments = append(view.Payments, choice{m.Method, m.Description})
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.relationsByNumber() {
		view.Customers = append(view.Customers, choice{strconv.FormatInt(*r.RelationNumber, 10), value(r.displayName()) + ", " + value(r.City)})
	}
	for _, p := range t.products {
		for _, a := range p.articles() {
			view.Articles = append(view.Articles, choice{
				strconv.FormatInt(*a.ArticleNumber, 10), value(a.Description) + "  " + euro(value(a.PriceIncl)),
			})
		}
	}
	slices.SortFunc(view.Articles, func(a, b choice) int { return strings.Compare(a.Value, b.Value) })
	return view
}

func viewOf(o *orderXML) orderView {
	out := orderView{
		ID: o.OrderID, Number: o.number(), Customer: value(o.RelationName), Delivery: value(o.DeliveryMethod),
		TotalCents: value(o.TotalInclAmount), Cancelled: value(o.CancelState) == "ORDER-CANCEL-STATE-COMPLETE",
	}
	if at := o.EntryTimestamp; at != nil {
		two := func(n int32) string { return quantity{int64(n) + 100, 0}.text()[1:] }
		out.Moment = two(at.Day) + "-" + two(at.Mon) + " " + two(at.Hour) + ":" + two(at.Min)
	}
	for _, line := range sold(o).Lines {
		out.Lines = append(out.Lines, line.Quantity+" × "+line.Text)
	}
	return out
}

// ringUp saves the form as an order, a receipt or an invoice and shows its number.
func (s *Server) ringUp(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxJSON)
	sale, err := saleFromForm(r)
	if err != nil {
		s.backToTill(w, r, "", err)
		return
	}
	kind := strings.TrimSpace(r.PostForm.Get("kind"))
	if kind != "receipt" && kind != "invoice" {
		o, err := s.till.ring(sale)
		s.backToTill(w, r, numberOf(o), err)
		return
	}
	ring := s.till.ringReceipt
	if kind == "invoice" {
		ring = s.till.ringInvoice
	}
	asked := documentJSON{saleJSON: sale}
	if method := strings.TrimSpace(r.PostForm.Get("payment")); method != "" {
		asked.Payments = []paymentJSON{{Method: method}}
	}
	made, err := ring("", asked)
	s.backToTill(w, r, kind+" "+made.Number, err)
}

func numberOf(o *orderXML) string {
	if o == nil {
		return ""
	}
	return o.number()
}

// ringUpMore raises the quantity of the first line of an order by one.
func (s *Server) ringUpMore(w http.ResponseWriter, r *http.Request) {
	o, err := s.till.more(r.PathValue("id"))
	s.backToTill(w, r, numberOf(o), err)
}

func (t *till) more(id string) (*orderXML, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.orders[id]
	if old == nil {
		return nil, errOrderMissing
	}
	sent := old.clone()
	i := slices.IndexFunc(sent.LineList.Line, func(l lineXML) bool { return l.Data != nil && l.ArticleNumber != 0 })
	if i < 0 {
		return nil, badInput("the order has no line to change")
	}
	data := sent.LineList.Line[i].Data
	raised := quantity{data.Quantity, value(data.DecimalPlaces)}.plus(quantity{1, 0})
	data.Quantity, data.DecimalPlaces = raised.Amount, new(raised.Places)
	b := t.begin()
	o, err := t.changeOrder(b, *sent)
	if err != nil {
		return nil, err
	}
	return o, b.commit()
}

func (s *Server) backToTill(w http.ResponseWriter, r *http.Request, number string, err error) {
	query := url.Values{}
	if err != nil {
		status, text := statusOf(err)
		if status == http.StatusInternalServerError {
			s.opts.Log.Error("sandbox till", "error", err)
		}
		query.Set("problem", text)
	} else {
		query.Set("saved", number)
	}
	http.Redirect(w, r, "/till?"+query.Encode(), http.StatusSeeOther)
}

func saleFromForm(r *http.Request) (saleJSON, error) {
	if err := r.ParseForm(); err != nil {
		return saleJSON{}, badInput("the form cannot be read")
	}
	field := func(name string) string { return strings.TrimSpace(r.PostForm.Get(name)) }
	sale := saleJSON{DeliveryMethod: field("delivery"), Reference: field("reference")}
	number := field("customer")
	if number == "" && field("name")+field("company") != "" {
		number = "new" // filled in, but not chosen: a sale without customer is not what was meant
	}
	if number == "new" {
		sale.NewCustomer = &customerJSON{
			Name: field("name"), Company: field("company"), Address: field("address"), Zipcode: field("zipcode"),
			City: field("city"), Country: field("country"), Email: field("email"), VATNumber: field("vat_number"),
		}
	} else if number != "" {
		relation, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return sale, badInput("the customer cannot be read")
		}
		sale.RelationNumber = relation
	}
	articles, quantities := r.PostForm["article"], r.PostForm["quantity"]
	if len(articles) != len(quantities) {
		return sale, badInput("the form has lost a field")
	}
	for i := range articles {
		if articles[i] == "" {
			continue
		}
		article, err := strconv.ParseInt(articles[i], 10, 64)
		if err != nil {
			return sale, badInput("an article cannot be read")
		}
		sale.Lines = append(sale.Lines, saleLine{Article: article, Quantity: quantities[i]})
	}
	return sale, nil
}
