package sandbox

import "fmt"

// seedSales leaves a few receipts and invoices to read: a sale, one that was taken back, money put in the drawer, and a
// sale on account that is not yet paid.
func (t *till) seedSales(b *batch) error {
	articles := t.opts.Shop.Articles
	if len(articles) < 3 {
		return nil
	}
	sold := []lineXML{t.soldLine(articles[0].Number, 2), t.soldLine(articles[1].Number, 1)}
	back := []lineXML{t.soldLine(articles[0].Number, -1)}
	for _, receipt := range []struct {
		kind  receiptType
		state receiptState
		lines []lineXML
	}{
		{"RECEIPT-TYPE-RECEIPT", "RECEIPT-STATE-PAID", sold},
		{"RECEIPT-TYPE-CREDIT-RECEIPT", "RECEIPT-STATE-HANDLED", back},
		{"RECEIPT-TYPE-CASH-INFLOW", "RECEIPT-STATE-HANDLED", nil},
	} {
		sum, err := t.pricer().complete("VAT-METHOD-INCLUSIVE", receipt.lines)
		if err != nil {
			return fmt.Errorf("price a receipt: %w", err)
		}
		at := t.now()
		r := receiptXML{
			ReceiptID: newID(), SyncMarker: new(b.marker(markReceipt)),
			ReceiptNumber: &workplaceYearNumberXML{1, 1, int32(at.Year()), b.number(fmt.Sprintf("number receipt %d 1/1", at.Year()))}, ReceiptType: receipt.kind,
			EmployeeNumber: 1, EmployeeName: "Noor", EntryTimestamp: momentOf(at), FinancialDate: dayOf(at), FinancialBranchNumber: 1,
			WorkplaceNumber: 1, TotalInclAmount: sum.Incl, TotalExclAmount: sum.Excl, VATMethod: "VAT-METHOD-INCLUSIVE",
			VATGroupList: &vatGroupListXML{sum.Groups}, ChangeCounter: new(int32(1)), VersionNumber: new(int32(1)),
			PaidAmount: sum.Incl, State: receipt.state, LineList: &lineListXML{receipt.lines},
		}
		if receipt.lines != nil {
			r.PaymentList = &paymentListXML{[]paymentXML{{
				FinancialDate: new(dayOf(at)), Method: "PIN", Amount: sum.Incl, PaymentMethodType: new(paymentMethodType("PAYMENT-METHOD-TYPE-EFT")),
			}}}
		}
		b.receipt(&r)
	}
	return t.seedInvoice(b, []lineXML{t.soldLine(articles[2].Number, 3)})
}

func (t *till) seedInvoice(b *batch, lines []lineXML) error {
	customers := t.relationsByNumber()
	if len(customers) == 0 {
		return nil
	}
	sum, err := t.pricer().complete("VAT-METHOD-INCLUSIVE", lines)
	if err != nil {
		return fmt.Errorf("price an invoice: %w", err)
	}
	at, customer := t.now(), customers[0]
	b.invoice(&invoiceXML{
		InvoiceID: new(newID()), SyncMarker: new(b.marker(markInvoice)), InvoiceNumber: &yearNumberXML{int32(at.Year()), b.number(fmt.Sprintf("number invoice %d", at.Year()))},
		InvoiceType: new(invoiceType("INVOICE-TYPE-INVOICE")), EmployeeNumber: new(int64(1)), EmployeeName: new("Noor"),
		EntryTimestamp: new(momentOf(at)), RelationNumber: customer.RelationNumber, RelationName: customer.displayName(),
		RelationVATNumber: customer.VATNumber, DeliveryAddress: customer.deliveryAddress(), InvoiceAddress: customer.invoiceAddress(),
		FinancialDate: new(dayOf(at)), FinancialBranchNumber: new(int32(1)), WorkplaceNumber: new(int32(1)),
		DueDate: new(dayOf(at.AddDate(0, 0, 14))), TotalInclAmount: &sum.Incl, TotalExclAmount: &sum.Excl,
		VATMethod: new(vatMethod("VAT-METHOD-INCLUSIVE")), VATGroupList: &vatGroupListXML{sum.Groups}, ChangeCounter: new(int32(1)),
		VersionNumber: new(int32(1)), PaidAmount: new(int64(0)), State: new(invoiceState("INVOICE-STATE-OUTSTANDING")),
		Finalized: new(false), LineList: &lineListXML{lines},
	})
	return nil
}

func (t *till) soldLine(number, pieces int64) lineXML {
	article := t.article(number)
	return lineXML{
		LineID: new(newID()), ArticleNumber: number, Text: article.Description,
		Data: &lineDataXML{
			Quantity: pieces, DecimalPlaces: new(int32(0)), Price: article.PriceIncl, VATCode: article.VATCode, TurnoverGroup: article.TurnoverGroup,
		},
	}
}
