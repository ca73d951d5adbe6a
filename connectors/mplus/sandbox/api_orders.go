package sandbox

import (
	"cmp"
	"net/http"
	"slices"
)

// savedJSON answers a sale that was saved.
type savedJSON struct {
	OrderID        string `json:"order_id"`
	Number         string `json:"number"`
	TotalInclCents int64  `json:"total_incl_cents"`
	RelationNumber int64  `json:"relation_number"`
	Changed        bool   `json:"changed"`
}

func saved(o *orderXML, changed bool) savedJSON {
	return savedJSON{o.OrderID, o.number(), value(o.TotalInclAmount), value(o.RelationNumber), changed}
}

// soldJSON is an order as a comparison with the books needs it.
type soldJSON struct {
	OrderID        string         `json:"order_id"`
	Number         string         `json:"number"`
	RelationNumber int64          `json:"relation_number"`
	Reference      string         `json:"reference"`
	DeliveryMethod string         `json:"delivery_method"`
	VATMethod      vatMethod      `json:"vat_method"`
	Cancelled      bool           `json:"cancelled"`
	TotalInclCents int64          `json:"total_incl_cents"`
	TotalExclCents int64          `json:"total_excl_cents"`
	VAT            []vatJSON      `json:"vat"`
	Lines          []soldLineJSON `json:"lines"`
	SyncMarker     int64          `json:"sync_marker"`
	ChangeCounter  int32          `json:"change_counter"`
	VersionNumber  int32          `json:"version_number"`
}

type vatJSON struct {
	Code      int32 `json:"code"`
	ExclCents int64 `json:"excl_cents"`
	VATCents  int64 `json:"vat_cents"`
}

type soldLineJSON struct {
	Article        int64  `json:"article"`
	Text           string `json:"text"`
	Quantity       string `json:"quantity"`
	PriceCents     int64  `json:"price_cents"`
	DiscountCents  int64  `json:"discount_cents"`
	VATCode        int32  `json:"vat_code"`
	TotalInclCents int64  `json:"total_incl_cents"`
}

func sold(o *orderXML) soldJSON {
	out := soldJSON{
		OrderID: o.OrderID, Number: o.number(), RelationNumber: value(o.RelationNumber), Reference: value(o.Reference),
		DeliveryMethod: value(o.DeliveryMethod), VATMethod: value(o.VATMethod),
		Cancelled:      value(o.CancelState) == "ORDER-CANCEL-STATE-COMPLETE",
		TotalInclCents: value(o.TotalInclAmount), TotalExclCents: value(o.TotalExclAmount),
		VAT: []vatJSON{}, Lines: []soldLineJSON{},
		SyncMarker: value(o.SyncMarker), ChangeCounter: value(o.ChangeCounter), VersionNumber: value(o.VersionNumber),
	}
	for _, group := range o.VATGroupList.VATGroup {
		out.VAT = append(out.VAT, vatJSON{group.VATCode, value(group.ExclAmount), value(group.VATAmount)})
	}
	for _, line := range o.LineList.Line {
		data := value(line.Data)
		out.Lines = append(out.Lines, soldLineJSON{
			Article: line.ArticleNumber, Text: value(line.Text), Quantity: quantity{data.Quantity, value(data.DecimalPlaces)}.text(),
			PriceCents: value(data.Price), DiscountCents: value(data.DiscountAmount), VATCode: value(data.VATCode),
			TotalInclCents: value(data.TotalInclAmount),
		})
	}
	return out
}

// latest lists orders, newest number first.
func (t *till) latest() []*orderXML {
	t.mu.Lock()
	defer t.mu.Unlock()
	rows := make([]*orderXML, 0, len(t.orders))
	for _, o := range t.orders {
		rows = append(rows, o)
	}
	slices.SortFunc(rows, func(a, b *orderXML) int {
		return cmp.Or(cmp.Compare(b.OrderNumber.Year, a.OrderNumber.Year), cmp.Compare(b.OrderNumber.Number, a.OrderNumber.Number))
	})
	return rows
}

func (s *Server) listOrders(w http.ResponseWriter, _ *http.Request) {
	orders := []soldJSON{}
	for _, o := range s.till.latest() {
		orders = append(orders, sold(o))
	}
	writeJSON(w, http.StatusOK, map[string]any{"orders": orders})
}

func (s *Server) postOrder(w http.ResponseWriter, r *http.Request) {
	var sale saleJSON
	if err := readJSON(w, r, &sale); err != nil {
		s.refuseJSON(w, err)
		return
	}
	o, err := s.till.ring(sale)
	if err != nil {
		s.refuseJSON(w, err)
		return
	}
	writeJSON(w, http.StatusCreated, saved(o, true))
}

func (s *Server) putOrder(w http.ResponseWriter, r *http.Request) {
	var sale saleJSON
	if err := readJSON(w, r, &sale); err != nil {
		s.refuseJSON(w, err)
		return
	}
	o, changed, err := s.till.alter(r.PathValue("id"), sale)
	if err != nil {
		s.refuseJSON(w, err)
		return
	}
	writeJSON(w, http.StatusOK, saved(o, changed))
}

func (s *Server) resaveOrder(w http.ResponseWriter, r *http.Request) {
	o, err := s.till.resave(r.PathValue("id"))
	if err != nil {
		s.refuseJSON(w, err)
		return
	}
	writeJSON(w, http.StatusOK, saved(o, false))
}

func (s *Server) postRelation(w http.ResponseWriter, r *http.Request) {
	var customer customerJSON
	if err := readJSON(w, r, &customer); err != nil {
		s.refuseJSON(w, err)
		return
	}
	relation, err := s.till.enrol(customer)
	if err != nil {
		s.refuseJSON(w, err)
		return
	}
	writeJSON(w, http.StatusCreated, map[string]int64{"relation_number": *relation.RelationNumber})
}
