package mapping_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func number(name, value string) domain.Field {
	return domain.Field{Name: name, Value: domain.NumberValue(decimal.RequireFromString(value))}
}

func TestTurnRound_TurnsQuantitiesOfOrdersAndAmountsOfInvoices(t *testing.T) {
	t.Parallel()
	m := demoMapper(t)
	for target, c := range map[domain.Target]struct{ line, want domain.Draft }{
		domain.TargetSalesOrder: {
			domain.Draft{Fields: []domain.Field{number("ORD_QTY", "2.5"), number("ART_PX", "10.25")}},
			domain.Draft{Fields: []domain.Field{number("ORD_QTY", "-2.5"), number("ART_PX", "10.25")}},
		},
		domain.TargetJournal: {
			domain.Draft{Fields: []domain.Field{number("AMOUNT", "10"), number("VAT_AMT", "2.10")}},
			domain.Draft{Fields: []domain.Field{number("AMOUNT", "-10"), number("VAT_AMT", "-2.10")}},
		},
	} {
		sold := domain.Draft{Fields: []domain.Field{number("RATE", "3")}, Lines: []domain.Draft{c.line}}
		back, ok := m.TurnRound(sold, target)
		require.True(t, ok, target)
		require.Equal(t, sold.Fields, back.Fields)
		for i, f := range c.want.Fields {
			require.True(t, back.Lines[0].Fields[i].Value.Equal(f.Value), f.Name)
		}
		again, _ := m.TurnRound(back, target)
		for i, f := range c.line.Fields {
			require.True(t, again.Lines[0].Fields[i].Value.Equal(f.Value), "twice is as it was")
		}
	}
	_, ok := m.TurnRound(domain.Draft{Lines: []domain.Draft{{Fields: []domain.Field{number("ART_PX", "10")}}}}, domain.TargetSalesOrder)
	require.False(t, ok, "what it books would stand")
	_, ok = m.TurnRound(domain.Draft{Lines: []domain.Draft{{Fields: []domain.Field{{Name: "NOTE", Value: domain.TextValue("x")}}}}}, domain.TargetSalesOrder)
	require.True(t, ok, "a text books nothing")
}
