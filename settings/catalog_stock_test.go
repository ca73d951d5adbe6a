package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func TestStock_WhatCannotHoldIsRefused(t *testing.T) {
	t.Parallel()
	for wrong, path := range map[string]string{
		"buffer: -1": "buffer", "maximum: -1": "maximum", "maximum: 5, minimum: 6": "maximum", "branches: [0]": "branches", "figure: both": "figure",
		"till_sales: never": "till_sales", "sales_elsewhere: -1h": "sales_elsewhere", "reference: ''": "reference",
	} {
		_, err := settings.Parse([]byte(minimal + "flows: {stock: {" + wrong + "}}\n"))
		require.ErrorContains(t, err, "flows.stock."+path, wrong)
	}
	doc, err := settings.Parse([]byte(minimal + "flows: {stock: {minimum: -2.5, maximum: 7, buffer: 1.5}}\n"))
	require.NoError(t, err)
	require.Equal(t, "-2.5", doc.Flows.Stock.Minimum.String())
	require.Equal(t, domain.StockFree, doc.Flows.Stock.Figure)
	require.GreaterOrEqual(t, doc.Flows.Stock.PageSize, 1000, "a thousand articles are one step of a run")
}
