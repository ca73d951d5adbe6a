package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/settings"
)

func TestSaleRules_RefuseWhatCannotWork(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`flows: {orders: {dates: {day_ends: "25:00"}}}`:                                                                         "flows.orders.dates.day_ends (line 8): must be a time of day",
		`flows: {orders: {vat: {home_country: Nederland}}}`:                                                                     "flows.orders.vat.home_country",
		`flows: {orders: {vat: {home_country: nl}}}`:                                                                            "flows.orders.vat.home_country (line 8): must be the two capitals of a country",
		`flows: {orders: {amounts: {gift_cards: account}}}`:                                                                     "flows.orders.amounts.gift_cards (line 8): needs gift_card_account",
		`flows: {orders: {amounts: {rounding_most: -0.01}}}`:                                                                    "flows.orders.amounts.rounding_most (line 8): must not be negative",
		`mapping: {journal: [{target: DJ_CODE, source: "'1'"}]}`:                                                                "mapping.journal (line 8): must fill HDR_DESC from: reference",
		`mapping: {journal: [{target: HDR_DESC, source: reference, too_long: truncate}]}`:                                       "mapping.journal[0].too_long (line 8): must be reject",
		`mapping: {journal_line: [{target: AMOUNT, source: line.excl, proof: quantity}]}`:                                       "mapping.journal_line[0].proof (line 8): does not belong to this kind of record",
		"lookups: {target: {keys: [source], unmapped: default, default: journal}}\nmapping: {journal_line: []}":                 "mapping.journal_line (line 9): must have rows",
		"lookups: {target: {keys: [source], unmapped: default, default: sales_order, rows: [{key: receipt, value: daytotal}]}}": "lookups.target.rows[0].value (line 8): must be one of: sales_order, journal, day_total, none",
	} {
		_, err := settings.Parse([]byte(minimal + text + "\n"))
		require.ErrorContains(t, err, want, text)
	}
}
