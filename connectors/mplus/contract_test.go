package mplus

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/wsdl"
)

// official is the till's own description. Point MPLUS_WSDL at a copy of what a
// till answers to ?wsdl.
func official(t *testing.T) *wsdl.Schema {
	t.Helper()
	path := os.Getenv("MPLUS_WSDL")
	if path == "" {
		t.Skip("did not run: MPLUS_WSDL does not name the service description of a till")
	}
	s, err := wsdl.Load(path)
	require.NoError(t, err)
	return s
}

// everyCall makes each call that the client can make, in its fullest form. What
// is answered does not matter to a test of requests.
var everyCall = map[string]func(t *testing.T, c *Client) error{
	"orders after": func(t *testing.T, c *Client) error {
		_, err := c.OrdersAfter(t.Context(), 40, 25)
		return err
	},
	"orders by number": func(t *testing.T, c *Client) error {
		_, err := c.OrdersByNumber(t.Context(), []string{"2026.41", "2026.999"})
		return err
	},
	"receipts after": func(t *testing.T, c *Client) error {
		_, err := c.Sales(domain.SourceReceipt).OrdersAfter(t.Context(), 40, 25)
		return err
	},
	"invoices after": func(t *testing.T, c *Client) error {
		_, err := c.Sales(domain.SourceInvoice).OrdersAfter(t.Context(), 40, 25)
		return err
	},
	"sales by number": func(t *testing.T, c *Client) error {
		_, err := c.OrdersByNumber(t.Context(), []string{"B2-1-2026.31", "receipt-a", "F2026.12", "invoice-a"})
		return err
	},
	"mark order": func(t *testing.T, c *Client) error {
		return c.MarkOrder(t.Context(), "a", connectors.Mark{Category: "3", Reference: " AV 1", Employee: "999999"})
	},
	"takes order": func(t *testing.T, c *Client) error {
		_, err := c.TakesOrder(t.Context(), "a")
		return err
	},
	"marker of receipts": func(t *testing.T, c *Client) error {
		_, err := c.Sales(domain.SourceReceipt).CurrentMarker(t.Context())
		return err
	},
	"order by id": func(t *testing.T, c *Client) error {
		_, err := c.OrderByID(t.Context(), "a")
		return err
	},
	"order by external id": func(t *testing.T, c *Client) error {
		_, err := c.OrderByExternalID(t.Context(), "web & shop <1>")
		return err
	},
	"customer": func(t *testing.T, c *Client) error {
		_, err := c.CustomerByID(t.Context(), domain.CustomerID("1201"))
		return err
	},
	"articles": func(t *testing.T, c *Client) error {
		_, err := c.Articles(t.Context(), ArticleQuery{SKUs: []string{"1", "2"}, ChangedSince: time.Unix(1_780_000_000, 0)})
		return err
	},
	"all articles": func(t *testing.T, c *Client) error {
		_, err := c.Articles(t.Context(), ArticleQuery{})
		return err
	},
	"marker": func(t *testing.T, c *Client) error {
		_, err := c.CurrentMarker(t.Context())
		return err
	},
	"markers": func(t *testing.T, c *Client) error {
		_, err := c.CurrentMarkers(t.Context())
		return err
	},
	"cash counts": func(t *testing.T, c *Client) error {
		_, err := c.CashCounts(t.Context(), domain.Date{Year: 2026, Month: 11, Day: 24})
		return err
	},
	"version": func(t *testing.T, c *Client) error {
		_, err := c.Version(t.Context())
		return err
	},
	"stock held": func(t *testing.T, c *Client) error {
		_, err := c.HeldStock(t.Context(), "1", []string{"100101"})
		return err
	},
	"stock set": func(t *testing.T, c *Client) error {
		s := stockSaving{Client: c, branch: 1, employee: 1, reference: "r", saved: &connectors.StockSaved{Refused: map[string]error{}}}
		row := []stockCorrection{{ArticleNumber: 100101, Amount: "125", DecimalPlaces: "1"}}
		if err := s.oneByOne(t.Context(), row); err != nil {
			return err
		}
		return s.save(t.Context(), row)
	},
	"stock moves": func(t *testing.T, c *Client) error {
		_, err := c.StockMoves(t.Context(), connectors.MovesPart{After: 7, From: time.Now(), Limit: 5})
		return err
	},
	"branches": func(t *testing.T, c *Client) error {
		_, err := c.Branches(t.Context())
		return err
	},
	"vat groups": func(t *testing.T, c *Client) error {
		_, err := c.VATGroups(t.Context())
		return err
	},
	"payment methods": func(t *testing.T, c *Client) error {
		_, err := c.PaymentMethods(t.Context())
		return err
	},
	"delivery methods": func(t *testing.T, c *Client) error {
		_, err := c.DeliveryMethods(t.Context())
		return err
	},
	"employees": func(t *testing.T, c *Client) error {
		_, err := c.Employees(t.Context())
		return err
	},
	"price groups": func(t *testing.T, c *Client) error {
		_, err := c.PriceGroups(t.Context())
		return err
	},
	"order categories": func(t *testing.T, c *Client) error {
		_, err := c.OrderCategories(t.Context())
		return err
	},
	"turnover groups": func(t *testing.T, c *Client) error {
		_, err := c.TurnoverGroups(t.Context())
		return err
	},
	"article groups": func(t *testing.T, c *Client) error {
		_, err := c.ArticleGroups(t.Context())
		return err
	},
	"held products": func(t *testing.T, c *Client) error {
		_, err := c.HeldProducts(t.Context(), []string{"1", "2"})
		return err
	},
	"create product": func(t *testing.T, c *Client) error {
		own, err := c.OwnFields(t.Context())
		require.NoError(t, err)
		_, err = c.CreateProduct(t.Context(), everyField(ProductSchema(own)))
		return err
	},
	"update product": func(t *testing.T, c *Client) error {
		own, err := c.OwnFields(t.Context())
		require.NoError(t, err)
		return c.UpdateProduct(t.Context(), "4711", without(everyField(ProductSchema(own)), "product.productNumber"))
	},
	"offered articles": func(t *testing.T, c *Client) error {
		_, err := c.OfferedArticles(t.Context(), "4711")
		return err
	},
	"discontinue articles": func(t *testing.T, c *Client) error {
		return c.DiscontinueArticles(t.Context(), "4711", []string{"1"})
	},
	"price levels": func(t *testing.T, c *Client) error {
		_, err := c.PriceLevels(t.Context())
		return err
	},
	"what is charged": func(t *testing.T, c *Client) error {
		_, err := c.Charged(t.Context(), connectors.PriceQuestion{
			Customer: "1201", Article: "1004711", Quantity: exact("2.5"), On: domain.Date{Year: 2026, Month: 11, Day: 24}, Branch: 1, Workplace: 2,
		})
		return err
	},
	"write prices": func(t *testing.T, c *Client) error {
		row := without(everyField(PriceSchema()), fieldPriceGroup, fieldSalesPrice, fieldStart, fieldEnd, fieldGroup, fieldPriceExcl, fieldPercent)
		return c.WritePrices(t.Context(), connectors.HeldPrices{Of: connectors.HolderCustomer, Number: "17"}, []domain.Draft{row})
	},
	"held images": func(t *testing.T, c *Client) error {
		_, err := c.HeldImages(t.Context(), []string{"1004711", "2"})
		return err
	},
	"create image": func(t *testing.T, c *Client) error {
		_, err := c.CreateImage(t.Context(), connectors.Image{Name: "a.png", Type: "image/png", Data: []byte{0, 255}})
		return err
	},
	"show images": func(t *testing.T, c *Client) error {
		return c.ShowImages(t.Context(), "1004711", []connectors.HeldImage{{ID: "7"}, {ID: "5", Labels: []int{}}})
	},
	"held categories": func(t *testing.T, c *Client) error {
		_, err := c.HeldCategories(t.Context())
		return err
	},
	"create category": func(t *testing.T, c *Client) error {
		_, err := c.CreateCategory(t.Context(), everyField(CategorySchema(OwnFields{})))
		return err
	},
	"update category": func(t *testing.T, c *Client) error {
		return c.UpdateCategory(t.Context(), "10", everyField(CategorySchema(OwnFields{})))
	},
	"delete category": func(t *testing.T, c *Client) error { return c.DeleteCategory(t.Context(), "10") },
	"find relations": func(t *testing.T, c *Client) error {
		_, err := c.FindRelations(t.Context(), []connectors.RelationLookup{{By: connectors.ByEmail, Value: "a@example.nl"}, {By: connectors.ByNumber, Value: "1201"}})
		return err
	},
	"held relations": func(t *testing.T, c *Client) error {
		_, err := c.HeldRelations(t.Context(), []string{"1201", "1202"})
		return err
	},
	"create relation": func(t *testing.T, c *Client) error {
		_, err := c.CreateRelation(t.Context(), fullRelation(relationNumber))
		return err
	},
	"update relation": func(t *testing.T, c *Client) error { return c.UpdateRelation(t.Context(), "1201", fullRelation()) },
	"custom fields": func(t *testing.T, c *Client) error {
		_, err := c.CustomFields(t.Context())
		return err
	},
}

// fullRelation fills every field, and those that cannot change where they are named.
func fullRelation(fixed ...string) domain.Draft {
	d := domain.Draft{Entity: domain.EntityRelation, Key: "42", Fields: []domain.Field{
		{Name: CustomPrefix + "debiteurnummer", Value: domain.NumberValue(decimal.NewFromInt(42))},
	}}
	for _, f := range relationFields {
		if f.form == formCustom || f.fixed && !slices.Contains(fixed, f.name) {
			continue
		}
		value := map[domain.ValueKind]domain.Value{
			domain.KindText: domain.TextValue("1"), domain.KindNumber: domain.NumberValue(decimal.NewFromInt(1)),
			domain.KindBool: domain.BoolValue(true), domain.KindDate: domain.DateValue(domain.Date{Year: 1980, Month: 1, Day: 2}),
		}[f.kind()]
		if f.form == formVATMethod {
			value = domain.TextValue(string(domain.VATShifted))
		}
		d.Fields = append(d.Fields, domain.Field{Name: f.name, Value: value})
	}
	return d
}

// fullTill answers every operation with something useful.
func fullTill(t *testing.T) *fakeTill {
	t.Helper()
	till := newFakeTill(t)
	one := enveloped("<ns:GetOrderResponse><ns:result>GET-ORDER-RESULT-OK</ns:result>" + sale("a", 41, 1201) + "</ns:GetOrderResponse>")
	till.on("getOrders", orders(sale("a", 41, 1201), sale("b", 42, 88)))
	till.on("getReceipts", sales("Receipts", read(t, "testdata/receipts/receipt-own-use.xml")), sales("Receipts"))
	till.on("getInvoices", sales("Invoices", read(t, "testdata/invoices/invoice-credit.xml")))
	till.on("getOrder", one)
	till.on("createRelation", enveloped("<ns:CreateRelationResponse><ns:result>CREATE-RELATION-RESULT-OK</ns:result><ns:relationNumber>7</ns:relationNumber><ns:errorMessage/></ns:CreateRelationResponse>"))
	till.on("updateRelation", enveloped("<ns:UpdateRelationResponse><ns:result>UPDATE-RELATION-RESULT-OK</ns:result><ns:errorMessage/></ns:UpdateRelationResponse>"))
	till.on("updateOrder", updated("OK", ""))
	till.on("findOrder", one)
	till.on("getStock", enveloped(`<ns:GetStockResponse><articleStocks><articleNumber>100101</articleNumber><stockId>1</stockId><amountFree>1</amountFree>`+
		`<amountReserved>0</amountReserved><amountIncoming>0</amountIncoming><isDayStockArticle>false</isDayStockArticle></articleStocks></ns:GetStockResponse>`))
	till.on("getStockHistoryV2", enveloped(`<ns:GetStockHistoryResponse/>`))
	till.on("setStock", enveloped(`<ns:SetStockResponse><result>SET-STOCK-RESULT-OK</result></ns:SetStockResponse>`))
	till.on("saveStockCorrections", enveloped(`<ns:SaveStockCorrectionsResponse><result>SAVE-STOCK-CORRECTIONS-RESULT-OK</result></ns:SaveStockCorrectionsResponse>`))
	till.on("updateRelation", enveloped(`<ns:UpdateRelationResponse><result>UPDATE-RELATION-RESULT-OK</result><errorMessage/></ns:UpdateRelationResponse>`))
	till.on("getSalesPriceList", enveloped(`<ns:getSalesPriceListResponse><salesPrice><salesPriceNumber>1</salesPriceNumber></salesPrice></ns:getSalesPriceListResponse>`))
	till.on("determinePricing", enveloped(`<ns:DeterminePricingResponse><lines><articleNumber>1004711</articleNumber><quantity>2.5</quantity><price>8.95</price><priceExcl>7.40</priceExcl>`+
		`<discountPercentage>0</discountPercentage><amount>22.38</amount><amountExcl>18.50</amountExcl></lines></ns:DeterminePricingResponse>`))
	return till
}

func TestContract_EveryRequestFollowsTheOfficialSchema(t *testing.T) {
	t.Parallel()
	schema := official(t)
	asked := map[string]bool{}
	for name, call := range everyCall {
		till := fullTill(t)
		require.NoError(t, call(t, till.client(t, func(s *Settings) { s.OrderTypes = knownOrderTypes })), name)
		for i, operation := range till.operations() {
			require.NoError(t, schema.ValidateRequest(operation, []byte(till.request(i))), "%s: %s", name, operation)
			asked[operation] = true
		}
	}
	for _, op := range []operation{
		opGetAPIVersion, opGetBranches, opGetVATGroupList, opGetPaymentMethods, opGetDeliveryMethods, opGetEmployees, opGetCurrentMarkers,
		opGetProducts, opGetOrders, opGetReceipts, opGetInvoices, opGetOrder, opUpdateOrder, opFindOrder, opGetRelations, opGetRelation,
		opGetPriceGroups, opGetOrderCategories, opGetTurnoverGroups, opGetArticleGroups, opGetCustomFields, opGetCashCounts,
		opGetStock, opGetStockHistory, opSetStock, opSaveStockCorrections, opGetSalesPrices, opDeterminePricing, opUpdateRelation, opCreateRelation, opUpdateProduct,
		opCreateProduct, opNewArticleGroup, opUpdateArticleGroup, opDeleteArticleGroup, opGetOverviewFields,
		opCreateImage, opGetCardImages, opSaveCardImages, opGetCardImageLabels,
	} {
		require.True(t, asked[op.name], "%s was never sent", op.name)
	}
}

// The canned answers are what these tests believe of the till; the schema agrees.
func TestContract_TheCannedAnswersFollowTheOfficialSchema(t *testing.T) {
	t.Parallel()
	schema := official(t)
	for _, path := range glob(t, "testdata/answers/*.xml") {
		operation := strings.TrimSuffix(filepath.Base(path), ".xml")
		require.NoError(t, schema.ValidateResponse(operation, []byte(enveloped(read(t, path)).body)), path)
	}
	for _, path := range glob(t, "testdata/orders/*.xml") {
		require.NoError(t, schema.ValidateResponse("getOrders", []byte(orders(read(t, path)).body)), path)
	}
	for _, path := range glob(t, "testdata/receipts/*.xml") {
		require.NoError(t, schema.ValidateResponse("getReceipts", []byte(sales("Receipts", read(t, path)).body)), path)
	}
	for _, path := range glob(t, "testdata/invoices/*.xml") {
		require.NoError(t, schema.ValidateResponse("getInvoices", []byte(sales("Invoices", read(t, path)).body)), path)
	}
}

// The names of the answers are the schema's too: an answer under another name is refused.
func TestContract_TheNamesOfAnswersAreTheOfficialOnes(t *testing.T) {
	t.Parallel()
	schema := official(t)
	for _, op := range []operation{
		opGetAPIVersion, opGetBranches, opGetVATGroupList, opGetPaymentMethods, opGetDeliveryMethods, opGetEmployees, opGetCurrentMarkers,
		opGetProducts, opGetOrders, opGetReceipts, opGetInvoices, opGetOrder, opUpdateOrder, opFindOrder, opGetRelations, opGetRelation,
		opGetPriceGroups, opGetOrderCategories, opGetTurnoverGroups, opGetArticleGroups, opGetCustomFields, opGetCashCounts,
	} {
		body := enveloped("<ns:" + op.answer + "></ns:" + op.answer + ">")
		if err := schema.ValidateResponse(op.name, []byte(body.body)); err != nil {
			require.ErrorContains(t, err, "missing", op.name)
			require.ErrorContains(t, err, op.answer+"/", op.name)
		}
		require.Equal(t, http.StatusOK, body.status)
	}
}
