package sandbox

import "slices"

type invoicesInput struct {
	Request getInvoicesXML `xml:"request"`
}

type invoiceListXML struct {
	Invoice []invoiceXML `xml:"invoice"`
}

type invoicesAnswer struct {
	InvoiceList invoiceListXML `xml:"invoiceList"`
}

// getInvoices answers invoices. With finalizeInvoices it makes what it answers final, for good.
func getInvoices(c *call, in invoicesInput) (invoicesAnswer, error) {
	ask := in.Request
	var rows []*invoiceXML
	for id, i := range c.invoices {
		if listed(ask.InvoiceIDs, id) && (len(ask.InvoiceNumbers) == 0 || i.InvoiceNumber != nil && slices.Contains(ask.InvoiceNumbers, *i.InvoiceNumber)) &&
			(ask.DirectDebit == nil || value(i.DirectDebit) == *ask.DirectDebit) && ask.matches(c.till, i.sale()) {
			rows = append(rows, i)
		}
	}
	rows = page[*invoiceXML]{
		from: ask.SyncMarker, limit: int(value(ask.SyncMarkerLimit)), marker: func(i *invoiceXML) int64 { return value(i.SyncMarker) },
	}.cut(c, rows)
	b := c.begin()
	var out invoicesAnswer
	for _, row := range rows {
		shown := *row
		if value(ask.FinalizeInvoices) && !value(row.Finalized) {
			shown.Finalized, shown.FinalizedTimestamp = new(true), new(momentOf(c.now()))
			shown.ChangeCounter = new(value(row.ChangeCounter) + 1)
			shown.SyncMarker = new(b.marker(markInvoice))
			b.invoice(new(shown))
		}
		if ask.IncludeLineList != nil && !*ask.IncludeLineList {
			shown.LineList = nil
		}
		out.InvoiceList.Invoice = append(out.InvoiceList.Invoice, shown)
	}
	return out, b.commit()
}

func (i *invoiceXML) sale() sale {
	return sale{
		marker: value(i.SyncMarker), branch: value(i.FinancialBranchNumber), employee: value(i.EmployeeNumber),
		relation: value(i.RelationNumber), day: i.FinancialDate, activity: value(i.ActivityID), lines: i.LineList,
	}
}

type invoiceInput struct {
	InvoiceID string `xml:"invoiceId"`
}

type invoiceAnswer struct {
	Result  string      `xml:"result"`
	Invoice *invoiceXML `xml:"invoice"`
}

func getInvoice(c *call, in invoiceInput) (invoiceAnswer, error) {
	i := c.invoices[in.InvoiceID]
	if i == nil {
		return invoiceAnswer{Result: "GET-INVOICE-RESULT-NOT-FOUND"}, nil
	}
	return invoiceAnswer{"GET-INVOICE-RESULT-OK", i}, nil
}
