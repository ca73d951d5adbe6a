package mplus_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
)

func (s *shop) count(body any) {
	s.t.Helper()
	encoded, err := json.Marshal(body)
	require.NoError(s.t, err)
	answer, err := http.Post(s.url+"/_sandbox/cash_counts", "application/json", bytes.NewReader(encoded))
	require.NoError(s.t, err)
	defer answer.Body.Close()
	require.Equal(s.t, http.StatusCreated, answer.StatusCode)
}

func TestCashCounts_AreThoseOfTheDayAndOfOurBranches(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{}, func(settings *mplus.Settings) { settings.Branches = []int{1} })
	type line struct {
		Method     string `json:"method"`
		Counted    int64  `json:"counted_cents"`
		Difference int64  `json:"difference_cents"`
	}
	type count struct {
		Branch int    `json:"branch"`
		Date   string `json:"date"`
		Draft  bool   `json:"draft"`
		Lines  []line `json:"lines"`
	}
	s.count(count{1, "2026-11-24", false, []line{{"CASH", 10_000, -250}, {"PIN", 5_000, 0}}})
	s.count(count{1, "2026-11-24", true, nil})
	s.count(count{2, "2026-11-24", false, []line{{"CASH", 0, 5}}})
	s.count(count{1, "2026-11-23", false, nil})
	day := domain.Date{Year: 2026, Month: 11, Day: 24}
	counts, err := s.client.CashCounts(t.Context(), day)
	require.NoError(t, err)
	require.Equal(t, []domain.CashCount{
		{Branch: "1", Date: day, Final: true, Differences: []domain.CashDifference{{Method: "CASH", Amount: domain.Euros(-250)}}},
		{Branch: "1", Date: day},
	}, counts)
}
