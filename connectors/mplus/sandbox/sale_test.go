package sandbox_test

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

type savedSale struct {
	OrderID        string `json:"order_id"`
	Number         string `json:"number"`
	TotalInclCents int64  `json:"total_incl_cents"`
	RelationNumber int64  `json:"relation_number"`
	Changed        bool   `json:"changed"`
	Error          string `json:"error"`
}

func TestSandboxOrders_RingUpASaleAndListItForComparison(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var made savedSale
	require.Equal(t, 201, f.json("POST", "/_sandbox/orders", `{"relation_number":1,"lines":[{"article":100101,"quantity":"1.5","price_cents":1000,"discount_cents":100},
		{"article":100102,"quantity":"2","price_cents":250}],"delivery_method":"POST","reference":"demo 1","delivery_address":{"name":"Buur","address":"Kade 2","zipcode":"1000 AA","city":"Amsterdam","country":"Nederland"}}`, &made))
	require.Equal(t, "2026.1", made.Number)
	require.EqualValues(t, 1900, made.TotalInclCents)
	o := f.order(made.OrderID)
	require.Equal(t, "Kade 2", o.text("deliveryAddress/address"))
	require.NotEqual(t, "Kade 2", o.text("invoiceAddress/address"))
	require.Equal(t, "POST", o.text("deliveryMethod"))

	var list struct {
		Orders []struct {
			Number         string
			TotalInclCents int64 `json:"total_incl_cents"`
			TotalExclCents int64 `json:"total_excl_cents"`
			VAT            []struct {
				Code      int
				ExclCents int64 `json:"excl_cents"`
				VATCents  int64 `json:"vat_cents"`
			}
			Lines []struct {
				Article    int64
				Quantity   string
				PriceCents int64 `json:"price_cents"`
			}
		}
	}
	require.Equal(t, 200, f.json("GET", "/_sandbox/orders", "", &list))
	require.Len(t, list.Orders, 1)
	got := list.Orders[0]
	require.EqualValues(t, 1900, got.TotalInclCents)
	require.EqualValues(t, 330, got.VAT[0].VATCents)
	require.Equal(t, got.TotalExclCents, got.VAT[0].ExclCents)
	require.Equal(t, "1.5", got.Lines[0].Quantity)
	require.EqualValues(t, 100102, got.Lines[1].Article)
}

func TestSandboxOrders_ChangeAndSaveAgain(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var made, changed savedSale
	require.Equal(t, 201, f.json("POST", "/_sandbox/orders", `{"relation_number":1,"lines":[{"article":100101,"quantity":"1","price_cents":1000}]}`, &made))
	before := f.order(made.OrderID)
	path := "/_sandbox/orders/" + made.OrderID
	require.Equal(t, 200, f.json("PUT", path, `{"lines":[{"article":100101,"quantity":"3","price_cents":1000}]}`, &changed))
	require.True(t, changed.Changed)
	require.EqualValues(t, 3000, changed.TotalInclCents)
	require.Equal(t, 200, f.json("PUT", path, `{"lines":[{"article":100101,"quantity":"3","price_cents":1000}]}`, &changed))
	require.False(t, changed.Changed, "the same again changes nothing")
	version := f.order(made.OrderID).text("versionNumber")
	require.Equal(t, 200, f.json("POST", path+"/save", "", &changed))
	after := f.order(made.OrderID)
	require.Equal(t, version, after.text("versionNumber"))
	require.Greater(t, number(t, after.text("syncMarker")), number(t, before.text("syncMarker")))
	require.Equal(t, 404, f.json("PUT", "/_sandbox/orders/gone", `{}`, nil))
	require.Equal(t, 404, f.json("POST", "/_sandbox/orders/gone/save", "", nil))
}

func TestSandboxOrders_BringNewCustomers(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	var made savedSale
	require.Equal(t, 201, f.json("POST", "/_sandbox/orders", `{"new_customer":{"company":"Atelier Zes","contact":"Iris","address":"Laan 6","city":"Gent","country":"België","email":"iris@example.test","vat_number":"BE0123"},
		"lines":[{"article":100101,"quantity":"1"}],"vat_method":"shifted"}`, &made))
	o := f.order(made.OrderID)
	require.Equal(t, "Atelier Zes", o.text("relationName"))
	require.Equal(t, "BE0123", o.text("relationVatNumber"))
	require.Equal(t, "VAT-METHOD-SHIFTED", o.text("vatMethod"))
	require.Equal(t, "0", o.text("vatGroupList/vatGroup/vatAmount"))
	var relation struct {
		RelationNumber int64 `json:"relation_number"`
	}
	require.Equal(t, 201, f.json("POST", "/_sandbox/relations", `{"name":"Piet"}`, &relation))
	require.Equal(t, made.RelationNumber+1, relation.RelationNumber)
}

func TestSandboxOrders_SayWhatIsWrong(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	const good = `"lines":[{"article":100101,"quantity":"1"}]`
	for body, want := range map[string]string{
		`{`:                                      "not the JSON",
		`{"colour":1}`:                           "colour",
		`{"relation_number":1} {}`:               "more than one",
		`{"relation_number":1}`:                  "lines",
		`{"relation_number":98765,` + good + `}`: "Relation 98765 is not known",
		`{"vat_method":"half",` + good + `}`:     "vat_method",
		`{"lines":[{"article":100101,"quantity":"veel"}]}`:               "lines[0].quantity",
		`{"lines":[{"quantity":"1"}]}`:                                   "lines[0].article",
		`{"lines":[{"article":7,"quantity":"1"}]}`:                       "Article 7 is not known",
		`{"relation_number":1,"new_customer":{"name":"x"},` + good + `}`: "not both",
		`{"new_customer":{},` + good + `}`:                               "name or a company",
	} {
		var answer savedSale
		require.Equal(t, 400, f.json("POST", "/_sandbox/orders", body, &answer), body)
		require.Contains(t, answer.Error, want, body)
	}
	require.Equal(t, 400, f.json("POST", "/_sandbox/relations", `{}`, nil))
	require.Zero(t, f.orderCount())
}

func (f *foreign) form(path string, values url.Values) string {
	f.t.Helper()
	response, err := http.PostForm(f.base+path, values) // follows the redirect back to the page
	require.NoError(f.t, err)
	defer response.Body.Close()
	require.Equal(f.t, 200, response.StatusCode)
	page, err := io.ReadAll(response.Body)
	require.NoError(f.t, err)
	return string(page)
}

func TestTillPage_RingsUpASaleByHand(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	_, page := f.get("/till")
	require.Contains(t, page, "No orders yet")
	require.Contains(t, page, `value="100101"`)
	page = f.form("/till/orders", url.Values{
		"customer": {"new"}, "name": {`<b>Jan</b>`}, "city": {"Delft"}, "article": {"100101", "100102", ""}, "quantity": {"1", "2,5", "1"},
		"delivery": {"BEZORGEN"}, "reference": {"toonbank"},
	})
	require.Contains(t, page, "2026.1")
	require.Contains(t, page, "saved")
	require.Contains(t, page, "&lt;b&gt;Jan")
	require.Contains(t, page, "2.5 ×")
	id := regexp.MustCompile(`/till/orders/([^/]+)/more`).FindStringSubmatch(page)[1]
	require.Contains(t, f.form("/till/orders/"+id+"/more", nil), "2 ×")
	require.Equal(t, "2", f.order(id).text("lineList/line/data/quantity"))

	page = f.form("/till/orders", url.Values{"customer": {""}, "name": {"Vergeten Keuze"}, "article": {"100101"}, "quantity": {"1"}})
	require.Contains(t, page, "<td>Vergeten Keuze", "a customer who was filled in is not dropped for want of a choice")
	require.Contains(t, f.form("/till/orders", url.Values{"customer": {"1"}, "article": {"1", "2"}, "quantity": {"1"}}), "Not saved: the form has lost a field")
	require.Contains(t, f.form("/till/orders", url.Values{"customer": {"1"}}), "Not saved")
	require.Contains(t, f.form("/till/orders", url.Values{"customer": {"een"}, "article": {"1"}, "quantity": {"1"}}), "Not saved")
	require.Contains(t, f.form("/till/orders/gone/more", nil), "no such order")
	require.Equal(t, 2, f.orderCount())
}

func TestRestart_ForgetsNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	var id string
	var before []node
	t.Run("first life", func(t *testing.T) {
		f := start(t, sandbox.Options{DataDir: dir})
		id = f.create(orderOf(`<extOrderId>web-1</extOrderId>`, "", line("100101", "15", "1", `<price>995</price>`)))
		f.ask("createOrderV3", `<request><idempotencyKey>k</idempotencyKey>`+orderOf("", "", line("100102", "1", "0", ""))+`</request>`)
		f.ask("createRelation", `<relation><name>Blijvend</name></relation>`)
		f.ask("setStock", `<request><branchNumber>1</branchNumber><articleNumber>100101</articleNumber><amount>7</amount></request>`)
		f.ask("createProduct", `<product><articleList>`+newArticle+`</articleList></product>`)
		before = everything(f)
	})
	t.Run("second life", func(t *testing.T) {
		f := start(t, sandbox.Options{DataDir: dir})
		require.Equal(t, before, everything(f))
		require.Equal(t, "IDEMPOTENCY-RESULT-REPLAY-RESPONSE", f.ask("createOrderV3",
			`<request><idempotencyKey>k</idempotencyKey>`+orderOf("", "")+`</request>`).text("idempotencyResult"))
		require.Equal(t, id, f.ask("findOrder", `<extOrderId>web-1</extOrderId>`).text("order/orderId"))
		next := f.ask("createOrder", orderOf("", "", line("100101", "1", "0", "")))
		require.Equal(t, "2026.3", next.text("info/orderString"), "numbers go on")
	})
	t.Run("damaged", func(t *testing.T) {
		path := filepath.Join(dir, "mplus.jsonl")
		saved, err := os.ReadFile(path)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(saved), "orderXML", "broken", 1)), 0o600))
		_, err = sandbox.New(sandbox.Options{DataDir: dir})
		require.Error(t, err)
	})
}

// everything reads all that the till would answer.
func everything(f *foreign) []node {
	return []node{
		f.ask("getOrders", `<request>`+anyArticles+`</request>`), f.ask("getRelations", ""),
		f.ask("getProducts", `<request><pluNumbers/></request>`), f.ask("getCurrentSyncMarkers", ""),
		f.ask("getStock", `<request><branchNumber>1</branchNumber><articleNumbers/></request>`),
		f.ask("getStockHistory", `<request><branchNumber>1</branchNumber></request>`), f.ask("getArticleGroups", `<request/>`),
		f.ask("getReceipts", `<request>`+anyArticles+`</request>`), f.ask("getInvoices", `<request>`+anyArticles+`</request>`),
	}
}
