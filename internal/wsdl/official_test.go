package wsdl_test

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/wsdl"
)

// The till's own description: point MPLUS_WSDL at a copy of what a till answers to ?wsdl.
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

func till(payload string) []byte {
	return []byte(`<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:mplusqapi"><SOAP-ENV:Body>` +
		payload + `</SOAP-ENV:Body></SOAP-ENV:Envelope>`)
}

func TestOfficial_RejectsEveryKindOfMistake(t *testing.T) {
	t.Parallel()
	s := official(t)
	const order = `<orderId></orderId><employeeNumber>999999</employeeNumber><vatMethod>VAT-METHOD-INCLUSIVE</vatMethod>`
	accepted := map[string]string{
		"getApiVersion": `<getApiVersion></getApiVersion>`,
		"getOrder":      `<getOrder><orderId>x</orderId></getOrder>`,
		"createOrder":   `<createOrder><order>` + order + `</order></createOrder>`,
		"setStock":      `<setStock><request><branchNumber>1</branchNumber><articleNumber>2</articleNumber><amount>3</amount></request></setStock>`,
		"createOrderV3": `<createOrderV3><request><idempotencyKey>k</idempotencyKey><order>` + order + `</order></request></createOrderV3>`,
	}
	for operation, payload := range accepted {
		require.NoError(t, s.ValidateRequest(operation, till(payload)), operation)
	}
	for name, c := range map[string]struct{ operation, payload, want string }{
		"wrong order":     {"setStock", `<setStock><request><articleNumber>2</articleNumber><branchNumber>1</branchNumber><amount>3</amount></request></setStock>`, "wrong order"},
		"missing":         {"setStock", `<setStock><request><branchNumber>1</branchNumber><articleNumber>2</articleNumber></request></setStock>`, "setStock/request/amount: missing"},
		"unknown element": {"getOrder", `<getOrder><orderId>x</orderId><extra/></getOrder>`, "unknown element"},
		"unknown enum":    {"createOrder", `<createOrder><order><orderId/><vatMethod>VAT</vatMethod></order></createOrder>`, "order/vatMethod"},
		"bad int":         {"setStock", `<setStock><request><branchNumber>one</branchNumber><articleNumber>2</articleNumber><amount>3</amount></request></setStock>`, "not a valid int"},
		"bad long":        {"setStock", `<setStock><request><branchNumber>1</branchNumber><articleNumber>A2</articleNumber><amount>3</amount></request></setStock>`, "not a valid long"},
		"bad boolean":     {"createOrder", `<createOrder><order><orderId/><fullyPaid>ja</fullyPaid></order></createOrder>`, "not a valid boolean"},
		"missing in extension": {
			"createOrderV3", `<createOrderV3><request><order>` + order + `</order></request></createOrderV3>`,
			"request/idempotencyKey: missing",
		},
	} {
		require.ErrorContains(t, s.ValidateRequest(c.operation, till(c.payload)), c.want, name)
	}
}

func TestOfficial_NamesTheAnswersThatBreakTheRule(t *testing.T) {
	t.Parallel()
	s := official(t)
	for operation, element := range map[string]string{
		"getOrders": "GetOrdersResponse", "getApiVersion": "getApiVersionResponse", "findOrder": "GetOrderResponse",
		"getPaymentMethodsV2": "GetPaymentMethodsResponse", "getVatGroupList": "getVatGroupListResponse",
		"getBranches": "getBranchesResponse", "getCurrentSyncMarkers": "getCurrentSyncMarkersResponse",
	} {
		require.Equal(t, element, s.ResponseElement(operation), operation)
	}
}
