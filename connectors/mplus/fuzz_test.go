package mplus

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/soap"
)

// Whatever a till sends, reading it gives orders or a fault, loses no order and
// never panics.
func FuzzOrdersAnswer(f *testing.F) {
	// Seeds are small, so that the time goes into new inputs and not into shrinking these.
	const line = "<line><articleNumber>7</articleNumber><data><quantity>530</quantity><decimalPlaces>3</decimalPlaces><price>9</price><vatCode>1</vatCode></data></line>"
	const date = "<financialDate><day>29</day><mon>2</mon><year>2028</year></financialDate>"
	f.Add([]byte(orders("<order><orderId>a</orderId><syncMarker>5</syncMarker><vatMethod>VAT-METHOD-NONE</vatMethod></order><order/>").body))
	f.Add([]byte(orders("<order><orderId>a</orderId><lineList>" + line + "</lineList></order>").body))
	f.Add([]byte(orders("<order>" + date + "<orderNumber><year>2026</year><number>1</number></orderNumber></order>").body))
	f.Add([]byte(orders("<order><vatGroupList><vatGroup><vatCode>1</vatCode><vatAmount>1</vatAmount></vatGroup></vatGroupList></order>").body))
	f.Add([]byte(orders("<order><orderList><order>x</order></orderList></order>").body))
	f.Add([]byte(orders().body))
	f.Add([]byte(enveloped("<ns:GetOrdersResponse></ns:GetOrdersResponse>").body))
	f.Add([]byte("<html>"))
	a := assumptions{zone: amsterdam(f), percentPlaces: 2, timeOffset: OffsetTrusted}
	f.Fuzz(func(t *testing.T, document []byte) {
		body, err := soap.ReadEnvelope(bytes.NewReader(document), 1<<20)
		if err != nil {
			return
		}
		raws, err := rawElements(opGetOrders, body, "orderList", "order")
		if err != nil {
			return
		}
		var sheet []sentSale
		for _, raw := range raws {
			require.True(t, bytes.HasPrefix(raw, []byte("<")) && bytes.HasSuffix(raw, []byte(">")), "%q", raw)
			sheet = append(sheet, sentSaleFromRaw(domain.SourceOrder, raw))
		}
		for _, s := range sheet {
			o := sourceOrder(opGetOrders, s, a, nil)
			require.NotEmpty(t, o.Order.ID)
			require.NotEmpty(t, o.Order.Number)
			_, err := json.Marshal(o.Order)
			require.NoError(t, err)
		}
		for _, s := range newerThan(sheet, 4) {
			require.Greater(t, s.marker, int64(4))
		}
	})
}

// The same holds for receipts and invoices.
func FuzzReceiptsAndInvoicesAnswer(f *testing.F) {
	const receipt = "<receipt><receiptId>a</receiptId><syncMarker>5</syncMarker><receiptNumber><branchNumber>1</branchNumber><workplaceNumber>2</workplaceNumber><year>2026</year><number>7</number></receiptNumber><vatMethod>VAT-METHOD-INCLUSIVE</vatMethod></receipt>"
	f.Add([]byte(sales("Receipts", receipt, "<receipt/>").body))
	f.Add([]byte(sales("Receipts", "<receipt><receiptType>RECEIPT-TYPE-CASH-INFLOW</receiptType><totalInclAmount>5</totalInclAmount></receipt>").body))
	f.Add([]byte(sales("Receipts", "<receipt><receiptId>a</receiptId><paymentList><payment><amount>1</amount><giftcardNumber>1</giftcardNumber></payment></paymentList></receipt>").body))
	f.Add([]byte(sales("Invoices", "<invoice><invoiceId>a</invoiceId><syncMarker>5</syncMarker><state>INVOICE-STATE-PAID</state><creditedInvoiceId>x y</creditedInvoiceId></invoice>").body))
	f.Add([]byte(sales("Invoices", "<invoice><invoiceNumber><year>2026</year><number>12</number></invoiceNumber><orderIds><id>a</id></orderIds></invoice>").body))
	a := assumptions{zone: amsterdam(f), percentPlaces: 2, timeOffset: OffsetTrusted}
	f.Fuzz(func(t *testing.T, document []byte) {
		body, err := soap.ReadEnvelope(bytes.NewReader(document), 1<<20)
		if err != nil {
			return
		}
		for _, list := range []saleList{receiptList, invoiceList} {
			raws, err := rawElements(list.op, body, list.path...)
			if err != nil {
				return
			}
			for _, raw := range raws {
				o := sourceOrder(list.op, sentSaleFromRaw(list.kind, raw), a, nil).Order
				require.Equal(t, list.kind, o.Source)
				require.True(t, strings.HasPrefix(string(o.ID), string(list.kind)+"-"), "%s", o.ID)
				require.NotEmpty(t, o.Number)
				_, err := json.Marshal(o)
				require.NoError(t, err)
			}
		}
	})
}

// A number that is read is the one that is written, so one sale has one key.
func FuzzSaleNumber(f *testing.F) {
	for _, text := range []string{"2026.123", "F2026.1", "B1-2-2026.3", "B0-0-2026.3", "B01-2-2026.3", "B1-2026.3", "F", "B--", "receipt-a", "invoice-", "receipt-a b"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := parseSaleNumber(text)
		if err != nil {
			return
		}
		if number.id != "" {
			require.Equal(t, text, string(idOf(number.kind, number.id)))
			return
		}
		require.Equal(t, text, number.String(), "one sale has one spelling")
	})
}

func FuzzOrderNumber(f *testing.F) {
	for _, text := range []string{"2026.123", "2026.", ".1", "2026.0", "02026.1", "2026.9223372036854775807", "2026.9223372036854775808", "２.1"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := parseOrderNumber(text)
		if err != nil {
			return
		}
		require.Equal(t, text, fmt.Sprintf("%d.%d", number.Year, number.Number), "one order has one spelling")
		r := &reading{}
		again := r.yearNumber("x", &yearNumber{wireInt(fmt.Sprint(number.Year)), wireInt(fmt.Sprint(number.Number))})
		require.NoError(t, r.err())
		require.Equal(t, text, again)
	})
}

// Whatever a till sends as products, reading them gives records with numbers or a
// fault; what was read can be written again and stays what it was.
func FuzzProductsAnswer(f *testing.F) {
	article := func(inside string) []byte {
		return []byte(productsAnswer("<productNumber>1</productNumber><groupNumbers>3</groupNumbers>", "<articleNumber>7</articleNumber>"+inside).body)
	}
	f.Add(article("<active>true</active><priceIncl>895</priceIncl><contentQuantity>750</contentQuantity><contentQuantityDecimalPlaces>3</contentQuantityDecimalPlaces>"))
	f.Add(article("<barcode>1</barcode><barcodeList><barcode><barcode>1</barcode></barcode><barcode><barcode>2</barcode></barcode></barcodeList><priceDeviationMin>1.5</priceDeviationMin>"))
	f.Add(article("<customFieldList><customField><fieldName>weight</fieldName><intValue>125</intValue><decimalPlaces>2</decimalPlaces></customField></customFieldList>"))
	f.Add(article("<customFieldList><customField><fieldName>since</fieldName><dateValue><day>29</day><mon>2</mon><year>2028</year></dateValue></customField></customFieldList>"))
	f.Add(article("<priceDeviationMax>1e99999</priceDeviationMax><turnoverGroup>-1</turnoverGroup>"))
	f.Add([]byte(productsAnswer("", "").body))
	c := &Client{}
	f.Fuzz(func(t *testing.T, document []byte) {
		body, err := soap.ReadEnvelope(bytes.NewReader(document), 1<<20)
		if err != nil {
			return
		}
		raws, err := rawElements(opGetProducts, body, "productList", "product")
		if err != nil {
			return
		}
		for _, raw := range raws {
			product, err := elementFrom(raw)
			if err != nil {
				continue
			}
			record, err := c.heldProduct(product, ownForTests)
			if err != nil || record.Fault != nil {
				continue
			}
			require.NotEmpty(t, record.Number)
			for _, line := range record.Lines {
				require.NotEmpty(t, line.Number)
				w := &drafting{own: ownForTests}
				again := elementOut{inside: w.elements(articleFields, domain.Draft{Fields: line.Fields})}
				if len(w.problems) > 0 { // such as a custom field of the wrong kind
					continue
				}
				r := &reading{}
				for _, kept := range r.heldFields(articleFields, ownForTests.of(ofArticle), again) {
					before, held := domain.Draft{Fields: line.Fields}.Get(kept.Name)
					require.True(t, held, kept.Name)
					if kept.Name != "barcodes" && before.Kind != domain.KindText {
						require.True(t, before.Equal(kept.Value), "%s: %v became %v", kept.Name, before, kept.Value)
					}
				}
			}
		}
	})
}

// The same holds for the tree of groups: none without number, none before its parent.
func FuzzArticleGroupsAnswer(f *testing.F) {
	f.Add([]byte(enveloped("<GetArticleGroupsResponse><articleGroupList><articleGroups><groupNumber>1</groupNumber><name>a</name><subGroupList><articleGroups><groupNumber>2</groupNumber></articleGroups></subGroupList></articleGroups></articleGroupList></GetArticleGroupsResponse>").body))
	f.Add([]byte(enveloped("<GetArticleGroupsResponse><articleGroupList><articleGroups><groupNumber>x</groupNumber><isDeleted>true</isDeleted></articleGroups></articleGroupList></GetArticleGroupsResponse>").body))
	f.Fuzz(func(t *testing.T, document []byte) {
		body, err := soap.ReadEnvelope(bytes.NewReader(document), 1<<20)
		if err != nil {
			return
		}
		held, err := heldCategories(body)
		if err != nil {
			return
		}
		known := map[string]bool{topGroup: true}
		for _, group := range held {
			parent, _ := domain.Draft{Fields: group.Fields}.Get(parentField)
			require.NotEmpty(t, group.Number)
			require.True(t, known[parent.Text])
			known[group.Number] = true
		}
	})
}
