package mplus

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// productsAnswer is an answer of getProducts with one product of one article.
func productsAnswer(product, article string) reply {
	return enveloped("<ns:GetProductsResponse><ns:productList><ns:product>" + product + "<ns:articleList><ns:article>" + article +
		"</ns:article></ns:articleList></ns:product></ns:productList></ns:GetProductsResponse>")
}

func TestHeld_EachFormIsReadAsItIsWritten(t *testing.T) {
	t.Parallel()
	schema := ProductSchema(ownForTests)
	want := everyField(*schema.Lines)
	w := &drafting{own: ownForTests}
	sent := elementOut{inside: w.elements(articleFields, want)}
	require.Empty(t, w.problems)
	r := &reading{}
	got := domain.Draft{Fields: r.heldFields(articleFields, ownForTests.of(ofArticle), sent)}
	require.NoError(t, r.err())
	for _, f := range want.Fields {
		value, held := got.Get(f.Name)
		if f.Name == "barcodes" { // the first code is the article's own
			require.Equal(t, domain.TextValue(""), value)
			continue
		}
		require.True(t, held, f.Name)
		require.True(t, f.Value.Equal(value), "%s: %v", f.Name, value)
	}
	require.Len(t, got.Fields, len(want.Fields))
}

func TestHeld_NoValueIsNotAnEmptyOne(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		article string
		want    []domain.Field
	}{
		"nothing":               {"", nil},
		"empty text":            {"<ns:colour></ns:colour>", []domain.Field{{Name: "colour", Value: domain.TextValue("")}}},
		"empty number":          {"<ns:priceIncl></ns:priceIncl>", nil},
		"no supplier":           {"<ns:supplierRelationNumber>0</ns:supplierRelationNumber>", []domain.Field{{Name: "supplierRelationNumber", Value: domain.TextValue("")}}},
		"turnover group 0":      {"<ns:turnoverGroup>0</ns:turnoverGroup>", []domain.Field{{Name: "turnoverGroup", Value: domain.TextValue("0")}}},
		"no date":               {"<ns:barcodeDate><ns:day>0</ns:day><ns:mon>0</ns:mon><ns:year>0</ns:year></ns:barcodeDate>", []domain.Field{{Name: "barcodeDate", Value: domain.DateValue(domain.Date{})}}},
		"a field of nobody":     {"<ns:customFieldList><ns:customField><ns:fieldName>x</ns:fieldName></ns:customField></ns:customFieldList>", nil},
		"a field without value": {"<ns:customFieldList><ns:customField><ns:fieldName>herkomst</ns:fieldName></ns:customField></ns:customFieldList>", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			till := newFakeTill(t)
			till.on("getProducts", productsAnswer("<ns:productNumber>1</ns:productNumber>", "<ns:articleNumber>7</ns:articleNumber>"+c.article))
			held, err := till.client(t).HeldProducts(t.Context(), []string{"7"})
			require.NoError(t, err)
			require.NoError(t, held[0].Fault)
			require.Equal(t, append([]domain.Field{{Name: "articleNumber", Value: domain.TextValue("7")}}, c.want...), held[0].Lines[0].Fields)
		})
	}
}

func TestHeld_WhatCannotBeReadIsToldWithItsRecord(t *testing.T) {
	t.Parallel()
	for _, broken := range []string{
		"<ns:priceIncl>1,50</ns:priceIncl>", "<ns:active>perhaps</ns:active>", "<ns:priceDeviationMin>1e9999999</ns:priceDeviationMin>",
		"<ns:barcodeDate><ns:day>31</ns:day><ns:mon>2</ns:mon><ns:year>2026</ns:year></ns:barcodeDate>",
		"<ns:contentQuantity>1</ns:contentQuantity><ns:contentQuantityDecimalPlaces>400</ns:contentQuantityDecimalPlaces>",
	} {
		till := newFakeTill(t)
		till.on("getProducts", productsAnswer("<ns:productNumber>1</ns:productNumber>", "<ns:articleNumber>7</ns:articleNumber>"+broken))
		held, err := till.client(t).HeldProducts(t.Context(), []string{"7"})
		require.NoError(t, err, broken)
		f, ok := fault.As(held[0].Fault)
		require.True(t, ok, broken)
		require.Equal(t, "till_record_not_understood", f.Code)
		require.NotContains(t, f.Error(), "1,50")
	}
	for _, numbers := range [][2]string{{"", "<ns:articleNumber>7</ns:articleNumber>"}, {"<ns:productNumber>1</ns:productNumber>", "<ns:articleNumber>x</ns:articleNumber>"}} {
		till := newFakeTill(t)
		till.on("getProducts", productsAnswer(numbers[0], numbers[1]))
		_, err := till.client(t).HeldProducts(t.Context(), []string{"7"})
		require.True(t, fault.Is(err, fault.Unavailable), "a record without number is no answer: %v", err)
	}
}

// What the till keeps of a list that a draft fills in part goes along as it came.
func TestUpdateProduct_KeepsTheEntriesOfAListAsTheyCame(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	till.on("getProducts", productsAnswer("<ns:productNumber>4711</ns:productNumber>", `<ns:articleNumber>7</ns:articleNumber><ns:barcode>111</ns:barcode>`+
		`<ns:customFieldList><ns:customField><ns:fieldName>herkomst</ns:fieldName><ns:strValue>Ede</ns:strValue></ns:customField>`+
		`<ns:customField><ns:fieldName>smaken</ns:fieldName><ns:dataType>DATA-TYPE-MULTISELECTINT</ns:dataType><ns:multiSelectInt>3</ns:multiSelectInt></ns:customField></ns:customFieldList>`+
		`<ns:barcodeList><ns:barcode><ns:barcode>111</ns:barcode></ns:barcode><ns:barcode><ns:barcodeId>5</ns:barcodeId><ns:barcode>222</ns:barcode><ns:quantity>6</ns:quantity></ns:barcode>`+
		`<ns:barcode><ns:barcode>333</ns:barcode></ns:barcode></ns:barcodeList>`))
	c := till.client(t)
	require.NoError(t, c.UpdateProduct(t.Context(), "4711", domain.Draft{Lines: []domain.Draft{{Key: "7", Fields: []domain.Field{
		{Name: "custom.herkomst", Value: domain.TextValue("Gent")}, {Name: "barcodes", Value: domain.TextValue("222, 444")},
	}}}}))
	sent := till.request(len(till.operations()) - 1)
	require.Contains(t, sent, "<ns:customFieldList><ns:customField><ns:fieldName>herkomst</ns:fieldName><ns:dataType>DATA-TYPE-STRING</ns:dataType><ns:strValue>Gent</ns:strValue></ns:customField>"+
		"<ns:customField><ns:fieldName>smaken</ns:fieldName><ns:dataType>DATA-TYPE-MULTISELECTINT</ns:dataType><ns:multiSelectInt>3</ns:multiSelectInt></ns:customField></ns:customFieldList>")
	require.Contains(t, sent, "<ns:barcodeList><ns:barcode><ns:barcodeId>5</ns:barcodeId><ns:barcode>222</ns:barcode><ns:quantity>6</ns:quantity></ns:barcode>"+
		"<ns:barcode><ns:barcode>444</ns:barcode></ns:barcode><ns:barcode><ns:barcode>111</ns:barcode></ns:barcode></ns:barcodeList>")
	require.NotContains(t, sent, "333", "a code that the draft does not name goes")
}

func TestProducts_ResultsAndFaultsOfTheTill(t *testing.T) {
	t.Parallel()
	update := func(c *Client, t *testing.T) error {
		return c.UpdateProduct(t.Context(), "1", domain.Draft{Key: "A", Fields: []domain.Field{{Name: "product.description", Value: domain.TextValue("x")}}})
	}
	create := func(c *Client, t *testing.T) error {
		_, err := c.CreateProduct(t.Context(), without(everyField(ProductSchema(OwnFields{})), "x"))
		return err
	}
	told := func(name, result string) reply {
		return enveloped("<ns:" + name + "Response><ns:result>" + result + "</ns:result><ns:productNumber>0</ns:productNumber><ns:errorMessage>no</ns:errorMessage></ns:" + name + "Response>")
	}
	soapFault := func(code string) reply {
		f := enveloped(`<SOAP-ENV:Fault><faultcode>SOAP-ENV:` + code + `</faultcode><faultstring>no</faultstring></SOAP-ENV:Fault>`)
		return reply{http.StatusInternalServerError, f.body}
	}
	for _, c := range []struct {
		write  func(*Client, *testing.T) error
		op     string
		answer reply
		kind   fault.Kind
		code   string
	}{
		{update, "updateProduct", told("UpdateProduct", "UPDATE-PRODUCT-RESULT-NOT-FOUND"), fault.NotFound, codeRecordGone},
		{update, "updateProduct", told("UpdateProduct", "UPDATE-PRODUCT-RESULT-NOT-ALLOWED"), fault.Rejected, "till_rejected"},
		{update, "updateProduct", told("UpdateProduct", "UPDATE-PRODUCT-RESULT-FAILED-ARTICLE-NUMBER-ALREADY-TAKEN"), fault.Conflict, connectors.CodeArticleElsewhere},
		{update, "updateProduct", soapFault("Client"), fault.Rejected, "till_refused_request"},
		{update, "updateProduct", soapFault("Server"), fault.Uncertain, "till_failed"},
		{update, "updateProduct", soapFault("Client.Authentication"), fault.Unauthorized, "till_credentials_refused"},
		{create, "createProduct", told("CreateProduct", "CREATE-PRODUCT-RESULT-FAILED-PRODUCT-NUMBER-ALREADY-TAKEN"), fault.Conflict, connectors.CodeNumberTaken},
		{create, "createProduct", told("CreateProduct", "CREATE-PRODUCT-RESULT-OK"), fault.Uncertain, "answer_not_understood"},
		{create, "createProduct", told("CreateProduct", "WELL"), fault.Uncertain, "answer_not_understood"},
	} {
		till := newFakeTill(t)
		till.on(c.op, c.answer)
		f, ok := fault.As(c.write(till.client(t), t))
		require.True(t, ok, c.code)
		require.Equal(t, []any{c.kind, c.code}, []any{f.Kind, f.Code}, f.Detail())
	}
}

func TestOwnFields_LengthsAreThoseOfFieldsThatWeKnow(t *testing.T) {
	t.Parallel()
	till := newFakeTill(t)
	own, err := till.client(t).OwnFields(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[string]int{"description": 80, "receiptText": 40, "custom.herkomst": 20}, own.Lengths)

	older := newFakeTill(t)
	older.on("getOverviewFields", reply{http.StatusInternalServerError, enveloped(`<SOAP-ENV:Fault><faultcode>SOAP-ENV:Client</faultcode><faultstring>Method not implemented</faultstring></SOAP-ENV:Fault>`).body})
	own, err = older.client(t).OwnFields(t.Context())
	require.NoError(t, err, "a till that keeps its lengths to itself has none that we know")
	require.Empty(t, own.Lengths)
	require.NotEmpty(t, own.Custom)

	down := newFakeTill(t)
	down.on("getOverviewFields", reply{http.StatusBadGateway, "<html>"}, enveloped(read(t, "testdata/answers/getOverviewFields.xml")))
	c := down.client(t)
	_, err = c.OwnFields(t.Context())
	require.True(t, fault.Is(err, fault.Unavailable), "%v", err)
	own, err = c.OwnFields(t.Context())
	require.NoError(t, err, "what was not read is asked for again")
	require.NotEmpty(t, own.Lengths)
}
