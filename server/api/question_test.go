package api_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/server/api"
)

func TestQuestion_SaysWhatIsWrongWithThePeriod(t *testing.T) {
	t.Parallel()
	day := func(n int) domain.Date { return domain.Date{Year: 2026, Month: time.January, Day: n} }
	q := api.Question{Kind: api.AskWhatIf, Version: 1, From: day(31), Until: day(1)}
	require.Equal(t, "the last day of the period, 2026-01-01, lies before the first, 2026-01-31", q.Problem())
	q.Until = domain.Date{}
	require.Equal(t, "give the first and the last day of the period, as YYYY-MM-DD", q.Problem())
	q.Until = day(31)
	require.Empty(t, q.Problem(), "one day is a period")
}
