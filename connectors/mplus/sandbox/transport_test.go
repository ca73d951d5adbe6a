package sandbox_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

func TestTransport_AnswersGETAsTheRealServiceDoes(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	status, _ := f.get("/")
	require.Equal(t, http.StatusMethodNotAllowed, status)
	status, body := f.get("/?docs")
	require.Equal(t, http.StatusOK, status)
	require.Contains(t, body, "<html")
	status, body = f.get("/?wsdl")
	require.Equal(t, http.StatusNotFound, status)
	require.Contains(t, body, "MPLUS_WSDL")
	status, _ = f.get("/elsewhere")
	require.Equal(t, http.StatusNotFound, status)
}

func TestTransport_ServesTheDescriptionUnderItsOwnAddress(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "till.wsdl")
	require.NoError(t, os.WriteFile(path, []byte(`<definitions><SOAP:address location="http://10.0.0.1:18083/" /></definitions>`), 0o600))
	f := start(t, sandbox.Options{WSDLPath: path})
	status, body := f.get("/?wsdl")
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, `<definitions><SOAP:address location="`+f.base+`/" /></definitions>`, body)
}

func TestTransport_WritesThePrefixesAndEndTagsOfTheRealService(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	_, body := f.post(envelopeOf(`<getOrders>` + ordersFrom("0", "5") + `</getOrders>`))
	require.Contains(t, string(body), `<SOAP-ENV:Body><ns:GetOrdersResponse><ns:orderList></ns:orderList></ns:GetOrdersResponse></SOAP-ENV:Body>`)
}

func TestTransport_LooksAtTheBodyAndNotAtSOAPAction(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	request, err := http.NewRequest(http.MethodPost, f.base+"/?"+f.query, strings.NewReader(envelopeOf(`<getApiVersion/>`)))
	require.NoError(t, err)
	request.Header.Set("SOAPAction", "createOrder")
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.Equal(t, "text/xml; charset=utf-8", response.Header.Get("Content-Type"))
}

func TestTransport_RefusesWrongCredentialsInTheWayItWasTold(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	good := f.query
	for _, query := range []string{"", "ident=koppel", "ident=koppel&secret=wrong", url.Values{"ident": {"x"}, "secret": {f.server.Ready().Secret}}.Encode()} {
		f.query = query
		code, _ := f.refused("getApiVersion", "")
		require.Equal(t, "SOAP-ENV:Client.Authentication", code)
	}
	f.query = good
	require.Equal(t, "1", f.ask("getApiVersion", "").text("majorNumber"))

	for kind, want := range map[sandbox.BadCredentials]int{sandbox.CredentialsStatus401: 401, sandbox.CredentialsStatus403: 403} {
		f := start(t, sandbox.Options{BadCredentials: kind, Ident: "a", Secret: "b&c"})
		require.Equal(t, "67", f.ask("getApiVersion", "").text("serviceMajorNumber"))
		f.query = "ident=a&secret=b"
		status, _ := f.post(envelopeOf(`<getApiVersion/>`))
		require.Equal(t, want, status)
	}
}

func TestTransport_RefusesOptionsThatMakeNoSense(t *testing.T) {
	t.Parallel()
	_, err := sandbox.New(sandbox.Options{BadCredentials: "maybe", AbsentDecimalPlaces: 9})
	require.ErrorContains(t, err, "bad_credentials")
	require.ErrorContains(t, err, "absent_decimal_places")
}

func TestTransport_FaultsOnWhatIsNotARequest(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	for name, document := range map[string]string{
		"nothing":         "",
		"text":            "hello",
		"web page":        "<html></html>",
		"truncated":       envelopeOf(`<getApiVersion/>`)[:120],
		"other namespace": strings.Replace(envelopeOf(`<getApiVersion/>`), "urn:mplusqapi", "urn:other", 1),
		"unknown call":    envelopeOf(`<makeCoffee/>`),
		"hostile name":    envelopeOf(`<` + strings.Repeat("x", 5000) + `/>`),
	} {
		code, text := f.faulty(document)
		require.Equal(t, "SOAP-ENV:Client", code, name)
		require.Less(t, len(text), 300, name)
	}
}

func TestStrictness_FaultsOnEveryBreachOfTheSchema(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	const stock = `<branchNumber>1</branchNumber><articleNumber>100101</articleNumber><amount>5</amount>`
	for name, c := range map[string]struct{ operation, inside, want string }{
		"wrong order":       {"setStock", `<request><articleNumber>100101</articleNumber><branchNumber>1</branchNumber><amount>5</amount></request>`, "setStock/request/branchNumber: element is out of order"},
		"unknown element":   {"setStock", `<request>` + stock + `<colour>red</colour></request>`, "setStock/request/colour: unknown element"},
		"missing":           {"setStock", `<request><branchNumber>1</branchNumber><amount>5</amount></request>`, "articleNumber: mandatory element is missing"},
		"missing wrapper":   {"getOrders", `<request><syncMarker>1</syncMarker></request>`, "articlePluNumbers: mandatory element is missing"},
		"not a number":      {"setStock", `<request><branchNumber>1</branchNumber><articleNumber>AB-12</articleNumber><amount>5</amount></request>`, "articleNumber: not a whole number"},
		"too large":         {"setStock", `<request><branchNumber>2147483648</branchNumber><articleNumber>1</articleNumber><amount>5</amount></request>`, "branchNumber: not a whole number of 32 bits"},
		"not a boolean":     {"getTurnoverGroups", `<request><onlyActive>ja</onlyActive></request>`, "onlyActive: not a boolean"},
		"unknown enum":      {"createOrder", `<order><orderId/><vatMethod>VAT</vatMethod></order>`, "vatMethod: not a value"},
		"twice":             {"getOrder", `<orderId>a</orderId><orderId>b</orderId>`, "orderId: element occurs more than once"},
		"inside a value":    {"getOrder", `<orderId><x/></orderId>`, "unexpected element inside a value"},
		"text between":      {"setStock", `<request>` + stock + `oops</request>`, "setStock/request: unexpected text"},
		"other namespace":   {"getOrder", `<orderId xmlns="urn:other">a</orderId>`, "not of namespace"},
		"bad decimal":       {"updateRelation", `<relation><relationNumber>1</relationNumber><invoiceCredit>1,5</invoiceCredit></relation>`, "not a decimal"},
		"missing in a list": {"createOrder", `<order><orderId/><lineList><line><text>x</text></line></lineList></order>`, "line/articleNumber: mandatory"},
	} {
		code, text := f.refused(c.operation, c.inside)
		require.Equal(t, "SOAP-ENV:Client", code, name)
		require.Contains(t, text, c.want, name)
	}
}

func TestStrictness_AcceptsTheWholeSchemaOfAnOrder(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	order := orderOf("", `<vatMethod>VAT-METHOD-INCLUSIVE</vatMethod><onDeliveryUrl>https://example.test/</onDeliveryUrl>`,
		`<line><articleNumber>100101</articleNumber><data><quantity>1</quantity></data><webhookData></webhookData><lineKind>LINE-KIND-DEFAULT</lineKind></line>`)
	status, body := f.post(envelopeOf(`<createOrder>` + order + `</createOrder>`))
	require.Equal(t, http.StatusOK, status, "%s", body)
}

func TestLenient_AcceptsWhatStrictRefusesButNotWrongTypes(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{Lenient: true})
	for operation, inside := range map[string]string{
		"getOrders": `<request><syncMarker>0</syncMarker><invented>1</invented></request>`,
		"setStock":  `<request><articleNumber>100101</articleNumber><branchNumber>1</branchNumber><amount>5</amount></request>`,
	} {
		status, body := f.post(envelopeOf(`<` + operation + `>` + inside + `</` + operation + `>`))
		require.Equal(t, http.StatusOK, status, "%s", body)
	}
	_, text := f.refused("getRelation", `<relationNumber>een</relationNumber>`)
	require.Contains(t, text, "not a whole number")
}
