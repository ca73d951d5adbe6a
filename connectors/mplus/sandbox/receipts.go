package sandbox

type receiptsInput struct {
	Request getReceiptsXML `xml:"request"`
}

type receiptListXML struct {
	Receipt []receiptXML `xml:"receipt"`
}

type receiptsAnswer struct {
	ReceiptList receiptListXML `xml:"receiptList"`
}

func getReceipts(c *call, in receiptsInput) (receiptsAnswer, error) {
	ask := in.Request
	var rows []*receiptXML
	for _, r := range c.receipts {
		if listed(ask.ReceiptIDs, r.ReceiptID) && ask.matches(c.till, r.sale()) {
			rows = append(rows, r)
		}
	}
	rows = page[*receiptXML]{
		from: ask.SyncMarker, limit: int(value(ask.SyncMarkerLimit)), marker: func(r *receiptXML) int64 { return value(r.SyncMarker) },
	}.cut(c, rows)
	var out receiptsAnswer
	for _, r := range rows {
		shown := *r
		if !value(ask.IncludeOrderReferences) {
			shown.OrderIDs, shown.ExtOrderIDs = nil, nil
		}
		if ask.IncludeLineList != nil && !*ask.IncludeLineList {
			shown.LineList = nil
		}
		out.ReceiptList.Receipt = append(out.ReceiptList.Receipt, shown)
	}
	return out, nil
}

func (r *receiptXML) sale() sale {
	return sale{
		marker: value(r.SyncMarker), branch: r.FinancialBranchNumber, employee: r.EmployeeNumber, relation: value(r.RelationNumber),
		day: &r.FinancialDate, activity: value(r.ActivityID), lines: r.LineList,
	}
}

type receiptInput struct {
	ReceiptID string `xml:"receiptId"`
}

type receiptAnswer struct {
	Result  string      `xml:"result"`
	Receipt *receiptXML `xml:"receipt"`
}

func getReceipt(c *call, in receiptInput) (receiptAnswer, error) {
	r := c.receipts[in.ReceiptID]
	if r == nil {
		return receiptAnswer{Result: "GET-RECEIPT-RESULT-NOT-FOUND"}, nil
	}
	return receiptAnswer{"GET-RECEIPT-RESULT-OK", r}, nil
}
