package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func TestUnknownValues_AreWhatTheListOfTheOtherSystemLacks(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(minimal + `
lookups:
  vat_code: {rows: [{key: "1", value: H}, {key: "2", value: X}, {key: none, value: ""}]}
  payment_term: {unmapped: default, default: "99", rows: [{key: PIN, value: "0"}]}
  payment_method: {rows: [{key: PIN, value: nobody lists these}]}
`))
	require.NoError(t, err)
	lists := domain.Listings{domain.ListBooksVATCodes: codes("H", "L"), domain.ListBooksPaymentConditions: codes("0", "30")}
	require.Equal(t, settings.UnknownValues{"vat_code": {"X": true}, "payment_term": {"99": true}}, settings.UnknownValuesOf(doc, lists))
	require.Equal(t, []string{"its default is 99, which the other system does not know"}, covered(t, doc, lists)["payment_term"].Words())
	require.Empty(t, settings.UnknownValuesOf(doc, nil), "what was not fetched is not judged")
}
