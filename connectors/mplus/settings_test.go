package mplus

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
)

func valid() Settings {
	return Settings{BaseURL: "https://api.mpluskassa.nl:12345/", Ident: "i", Secret: "s"}
}

func TestDefaults_NeedOnlyAddressAndCredentials(t *testing.T) {
	t.Parallel()
	s := Defaults()
	s.BaseURL, s.Ident, s.Secret = "https://api.mpluskassa.nl:12345", "i", "s"
	require.NoError(t, s.Validate())
	require.Equal(t, time.Minute, s.Timeout)
	require.Equal(t, []string{"ORDER-TYPE-SALES-ORDER", "ORDER-TYPE-REPEAT-SALES-ORDER", "ORDER-TYPE-EXTERNAL-SALES-ORDER"}, s.OrderTypes)
	require.NoError(t, valid().Validate(), "zero values are the defaults")
}

func TestValidate_NamesEveryProblemAtOnce(t *testing.T) {
	t.Parallel()
	err := Settings{
		BaseURL: "ftp://planted-host", Timeout: time.Hour, MaxAnswer: 1, PerSecond: -1, PageLimit: 5000, PageOrder: "x", PercentScale: "x",
		AbsentDecimalPlaces: 10, LinePrice: "x", DiscountAmount: "x", TimeOffset: "x", ExternalNumber: "x",
		OrderTypes: []string{"ORDER-TYPE-SALES-ORDER", "RECEIPT"}, Branches: []int{1, 0},
	}.Validate()
	for _, name := range []string{
		"base_url", "ident", "secret", "timeout", "max_answer_bytes", "per_second", "page_limit", "page_order", "percent_scale",
		"absent_decimal_places", "line_price", "discount_amount", "time_offset", "external_number", "order_types[1]", "branches[1]",
	} {
		require.ErrorContains(t, err, name+": ")
	}
	require.NotContains(t, err.Error(), "order_types[0]")
	require.NotContains(t, err.Error(), "planted")
}

func TestValidate_RefusesAddressesThatEndangerTheCredentials(t *testing.T) {
	t.Parallel()
	for address, ok := range map[string]bool{
		"":                              false,
		"api.mpluskassa.nl:12345":       false,
		"https://":                      false,
		"https://h:1/?ident=planted":    false,
		"https://planted:planted@h:1/":  false,
		"http://api.mpluskassa.nl:1/":   false,
		"https://h:port-planted/":       false,
		"https://api.mpluskassa.nl:1/":  true,
		"https://shop.example/till/api": true,
		"http://127.0.0.1:8080":         true,
		"http://[::1]:8080/":            true,
		"http://localhost:8080/":        true,
	} {
		s := valid()
		s.BaseURL = address
		err := s.Validate()
		require.Equal(t, ok, err == nil, "%s: %v", address, err)
		if err != nil {
			require.NotContains(t, err.Error(), "planted")
		}
	}
	s := valid()
	s.BaseURL, s.InsecureHTTP = "http://sandbox:8080/", true
	require.NoError(t, s.Validate())
}

func TestNew_WrongSettingsAreMisconfiguredWithTheCause(t *testing.T) {
	t.Parallel()
	_, err := New(Settings{}, Wiring{})
	f, ok := fault.As(err)
	require.True(t, ok)
	require.Equal(t, fault.Misconfigured, f.Kind)
	require.Equal(t, "till_settings_wrong", f.Code)
	require.ErrorContains(t, errors.Unwrap(err), "base_url")
}

func TestClient_PrintsNoCredentials(t *testing.T) {
	t.Parallel()
	s := valid()
	s.Ident, s.Secret = plantedIdent, plantedSecret
	c, err := New(s, Wiring{})
	require.NoError(t, err)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
		require.NotContains(t, fmt.Sprintf(verb, c)+fmt.Sprintf(verb, s), "planted", verb)
	}
}

func TestOperations_CountAsWritesUnlessPlainlyReads(t *testing.T) {
	t.Parallel()
	for _, op := range []operation{opGetOrders, opGetOrder, opFindOrder, opGetRelations, opGetAPIVersion, opGetVATGroupList} {
		require.False(t, op.writes(), op.name)
	}
	for _, name := range []string{"createOrderV3", "updateOrder", "saveOrder", "createRelation", "setStock", "payOrderV2", "cancelOrder", "somethingNew"} {
		require.True(t, operation{name: name}.writes(), name)
	}
}
