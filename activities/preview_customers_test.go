package activities_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
)

func (c *counter) preview(keys ...string) activities.PreviewCustomersAnswer {
	c.t.Helper()
	out, err := run[activities.PreviewCustomersResult](c.desk, c.previews().PreviewCustomers, activities.PreviewCustomersInput{
		Ask: activities.Ask{Integration: "shop"}, Keys: keys,
	})
	require.NoError(c.t, err)
	ref, err := db.ParsePayloadRef(out.Results)
	require.NoError(c.t, err)
	plain, err := c.Payloads.Get(c.t.Context(), "shop", ref)
	require.NoError(c.t, err)
	var answer activities.PreviewCustomersAnswer
	require.NoError(c.t, json.Unmarshal(plain, &answer))
	return answer
}

func TestPreviewCustomers_ShowsTheCustomerAndWhereItsOrdersAreBooked(t *testing.T) {
	t.Parallel()
	belgian, blocked := bakery("1001"), bakery("1002")
	belgian.Address.Country, blocked.Blocked = "België", true
	c := newCounter(t, "numbers: till", belgian, blocked, person("2001"))
	c.hold("71", "email", "2001@example.nl", "name", "A. de Vries")
	c.apply(fmt.Sprintf(clienteleDocument, "numbers: till") + `  revenue_account: {keys: [country, vat_code, turnover_group], unmapped: park, default: "", rows: [{key: [BE, "1", "*"], value: "8010"}, {key: [NL, "*", "10"], value: "8000"}]}
`)
	lists := domain.Listings{
		domain.ListTillVATCodes:       {{Code: "1"}, {Code: "2"}},
		domain.ListTillTurnoverGroups: {{Code: "10"}, {Code: "20"}},
	}
	require.NoError(t, db.Listings{DB: c.pool, Box: c.Payloads.Box}.Put(t.Context(), "shop", lists))

	answer := c.preview("1001", "1002", "2001", "9999")
	require.Equal(t, []string{"9999"}, answer.Unknown)
	require.Len(t, answer.Debtors, 3)
	made, out, adopted := answer.Debtors[0], answer.Debtors[1], answer.Debtors[2]
	require.Equal(t, activities.OutcomeCreated, made.Outcome)
	require.Equal(t, "BE", made.Country)
	require.Equal(t, []activities.PreviewedRevenue{
		{Account: "8010", VATCode: "1", TurnoverGroups: []string{"10", "20"}}, {VATCode: "2", TurnoverGroups: []string{"10", "20"}},
	}, made.Revenue)
	fields := map[string]activities.PreviewedField{}
	for _, f := range made.Record.Fields {
		fields[f.Field] = f
	}
	require.Equal(t, "2", fields["priceGroupNumber"].Value)
	require.Equal(t, []activities.PreviewedLookup{{Table: "price_list", Keys: []string{"HOREC"}, Row: 0, Value: "2"}}, fields["priceGroupNumber"].Lookups)
	require.Equal(t, "shifted", fields["defaultVatMethod"].Value)

	require.Equal(t, activities.OutcomeLeftOut, out.Outcome)
	require.Equal(t, "debtor_blocked", out.Reason.Code)

	require.Equal(t, activities.OutcomeUpdated, adopted.Outcome)
	require.Equal(t, "71", adopted.Customer)
	require.Contains(t, adopted.Changes, "name")
	require.Equal(t, []activities.PreviewedRevenue{
		{Account: "8000", VATCode: "1", TurnoverGroups: []string{"10"}},
		{VATCode: "1", TurnoverGroups: []string{"20"}},
		{Account: "8000", VATCode: "2", TurnoverGroups: []string{"10"}},
		{VATCode: "2", TurnoverGroups: []string{"20"}},
	}, adopted.Revenue)
	require.Empty(t, c.writes)
	require.Empty(t, c.linkOf("71"))
}
