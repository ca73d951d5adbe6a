package activities_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

// returned is a sale that takes back another one.
func returned(number string, marker int64, original domain.OrderID) domain.Order {
	o := changed(number, marker, -1)
	o.Credits = original
	return o
}

func TestCredits_ACreditBearsTheNumberOfItsOriginalAndWaitsForIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.arrive(returned("2026.2", 1, "id-2026.1"))
	_, err := d.push("2026.2")
	app, f := failure(t, err)
	require.True(t, app.NonRetryable())
	require.Equal(t, "original_not_booked", f.Code)
	require.Zero(t, d.books.writes, "nothing is made for it, no debtor either")

	d.arrive(sale("2026.1", 2))
	original := d.follow("2026.1")
	credit := d.follow("2026.2")
	require.Equal(t, "delivered", credit.Outcome)
	require.Equal(t, "Retour van "+original.TargetID, d.books.field(credit.TargetID, "COMMENT3"))
	require.Equal(t, map[string]string{"MPLUS 2026.1": "1", "MPLUS 2026.2": "-1"}, d.books.references())
}

func TestCredits_EachSetting(t *testing.T) {
	t.Parallel()
	for setting, c := range map[string]struct {
		sale domain.Order
		code string
	}{
		"changes: {credits: plain}": {returned("2026.2", 1, "id-2026.1"), ""},
		"changes: {credits: park}":  {returned("2026.2", 1, ""), "credit_for_a_person"},
		"changes: {credits: link}":  {returned("2026.2", 1, ""), ""}, // the till names no original
	} {
		t.Run(setting, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			d.setOrders(setting)
			d.arrive(c.sale)
			out, err := d.push("2026.2")
			if c.code != "" {
				_, f := failure(t, err)
				require.Equal(t, c.code, f.Code)
				require.Zero(t, d.books.writes)
				return
			}
			require.NoError(t, err)
			require.Equal(t, "delivered", out.Outcome)
			require.Empty(t, d.books.field(out.TargetID, "COMMENT3"))
			require.Equal(t, map[string]string{"MPLUS 2026.2": "-1"}, d.books.references())
		})
	}
}
