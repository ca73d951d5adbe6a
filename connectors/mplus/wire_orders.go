package mplus

// getOrders is the request of getOrders. Elements not in use are left out; those
// in use stand in the order of the schema.
type getOrders struct {
	Request getOrdersRequest `xml:"request"`
}

type getOrdersRequest struct {
	SyncMarker        *int64         `xml:"syncMarker,omitempty"`
	SyncMarkerLimit   int            `xml:"syncMarkerLimit,omitempty"`
	ArticlePluNumbers struct{}       `xml:"articlePluNumbers"` // mandatory, and empty when not used
	ArticleBarcodes   struct{}       `xml:"articleBarcodes"`   // mandatory, and empty when not used
	OrderTypeList     orderTypeList  `xml:"orderTypeList"`
	OrderIDs          []string       `xml:"orderIds,omitempty"`
	OrderNumbers      []yearNumberID `xml:"orderNumbers,omitempty"`
}

type orderTypeList struct {
	OrderType []string `xml:"orderType"`
}

// yearNumberID is YearNumber as we send it.
type yearNumberID struct {
	Year   int   `xml:"year"`
	Number int64 `xml:"number"`
}

// getOrder asks for one order by the till's own id.
type getOrder struct {
	OrderID string `xml:"orderId"`
}

// findOrder asks for one order by the id that its creator gave it.
type findOrder struct {
	ExtOrderID string `xml:"extOrderId"`
}

// getOrderResponse answers getOrder and findOrder. The order itself is taken out
// as raw XML, so it is not among the fields.
type getOrderResponse struct {
	Result wireEnum `xml:"result"`
}
