package domain_test

import (
	"encoding/json"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func number(text string) domain.Value {
	return domain.NumberValue(decimal.RequireFromString(text))
}

func day(text string) domain.Value {
	d, err := domain.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return domain.DateValue(d)
}

func TestValue_EqualComparesWithinItsKind(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a, b domain.Value
		want bool
	}{
		"same text":             {domain.TextValue("a"), domain.TextValue("a"), true},
		"other text":            {domain.TextValue("a"), domain.TextValue("A"), false},
		"amount, not spelling":  {number("1.50"), number("1.5"), true},
		"other amount":          {number("1.5"), number("1.51"), false},
		"number is no text":     {number("1"), domain.TextValue("1"), false},
		"same date":             {day("2026-03-29"), day("2026-03-29"), true},
		"other date":            {day("2026-03-29"), day("2026-03-30"), false},
		"same answer":           {domain.BoolValue(true), domain.BoolValue(true), true},
		"other answer":          {domain.BoolValue(true), domain.BoolValue(false), false},
		"no date is no no":      {day(""), domain.BoolValue(false), false},
		"zero of two scales":    {number("0"), number("0.00"), true},
		"negative zero is zero": {number("-0"), number("0"), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, c.a.Equal(c.b))
			require.Equal(t, c.want, c.b.Equal(c.a))
		})
	}
}

func TestValue_IsEmpty(t *testing.T) {
	t.Parallel()
	for _, empty := range []domain.Value{domain.TextValue(""), number("0.00"), day(""), domain.BoolValue(false), {}} {
		require.True(t, empty.IsEmpty(), "%+v", empty)
	}
	for _, full := range []domain.Value{domain.TextValue(" "), number("-0.01"), day("2026-01-01"), domain.BoolValue(true)} {
		require.False(t, full.IsEmpty(), "%+v", full)
	}
}

func TestValue_SurvivesStorage(t *testing.T) {
	t.Parallel()
	for _, v := range []domain.Value{domain.TextValue("00012"), number("12345678901234567890.1234"), number("0"), day("2026-10-25"), day(""), domain.BoolValue(true), domain.BoolValue(false)} {
		encoded, err := json.Marshal(v)
		require.NoError(t, err)
		var back domain.Value
		require.NoError(t, json.Unmarshal(encoded, &back))
		require.True(t, v.Equal(back), "%s", encoded)
	}
}

func TestAmountWords_GivesAFractionTwoDecimals(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]string{"12.1": "12.10", "12": "12", "12.00": "12", "8.0667": "8.0667", "12.100000": "12.10", "-0.5": "-0.50", "1e3": "1000", "21": "21"} {
		require.Equal(t, want, domain.AmountWords(decimal.RequireFromString(number)), number)
	}
}
