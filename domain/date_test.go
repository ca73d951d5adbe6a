package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func TestDate_ReadsWhatItWrites(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"2026-01-31", "2024-02-29", "0999-12-01", ""} {
		d, err := domain.ParseDate(text)
		require.NoError(t, err)
		require.Equal(t, text, d.String())
		require.Equal(t, text == "", d.IsZero())
		var again domain.Date
		require.NoError(t, again.UnmarshalText([]byte(d.String())))
		require.Equal(t, d, again)
	}
}

func TestParseDate_RefusesWhatIsNoDate(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"2026-02-29", "2026-13-01", "26-01-01", "2026-01-01T00:00:00", "01-02-2026", " ", "2026-1-1"} {
		_, err := domain.ParseDate(text)
		require.EqualError(t, err, "date must be written as YYYY-MM-DD and exist, such as 2026-01-31", text)
		kept := domain.Date{Year: 2000, Month: 1, Day: 1}
		require.Error(t, kept.UnmarshalText([]byte(text)))
		require.Equal(t, domain.Date{Year: 2000, Month: 1, Day: 1}, kept, "a refused text changes nothing")
	}
}

func TestDateIn_IsTheDayThere(t *testing.T) {
	t.Parallel()
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	require.NoError(t, err)
	for instant, want := range map[string]string{
		"2026-01-31T22:59:59Z": "2026-01-31",
		"2026-01-31T23:00:00Z": "2026-02-01", // winter: one hour ahead
		"2026-06-30T21:59:59Z": "2026-06-30",
		"2026-06-30T22:00:00Z": "2026-07-01", // summer: two
		"2026-10-25T00:30:00Z": "2026-10-25", // the hour that comes twice
		"2026-10-25T23:00:00Z": "2026-10-26",
	} {
		at, err := time.Parse(time.RFC3339, instant)
		require.NoError(t, err)
		require.Equal(t, want, domain.DateIn(at, amsterdam).String(), instant)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, text := range []string{"", "2026-02-29", "2024-02-29", "9999-12-31", "-001-01-01", "2026-01-0١"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := domain.ParseDate(text)
		if err == nil && text != "0000-00-00" {
			require.Equal(t, text, d.String())
		}
	})
}
