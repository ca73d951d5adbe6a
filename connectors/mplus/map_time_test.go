package mplus

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func amsterdam(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(homeZone)
	require.NoError(t, err)
	return zone
}

func clock(year, month, day, hour, minute int, dst string, offset int) *soapMplusDateTime {
	text := func(n int) wireInt { return wireInt(fmt.Sprint(n)) }
	return &soapMplusDateTime{
		Sec: "0", Min: text(minute), Hour: text(hour), Day: text(day), Mon: text(month), Year: text(year),
		IsDST: wireBool(dst), Timezone: text(offset),
	}
}

func TestInstant_AmsterdamClockAroundTheChangesOfTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		wire *soapMplusDateTime
		utc  string
	}{
		"winter":                                 {clock(2026, 1, 15, 12, 0, "false", 0), "2026-01-15T11:00:00Z"},
		"summer":                                 {clock(2026, 7, 15, 12, 0, "true", 0), "2026-07-15T10:00:00Z"},
		"summer, flag not set":                   {clock(2026, 7, 15, 12, 0, "false", 0), "2026-07-15T10:00:00Z"},
		"last minute before spring":              {clock(2026, 3, 29, 1, 59, "false", 0), "2026-03-29T00:59:00Z"},
		"the hour that spring skips":             {clock(2026, 3, 29, 2, 30, "false", 0), "2026-03-29T01:30:00Z"},
		"first minute of summer time":            {clock(2026, 3, 29, 3, 0, "true", 0), "2026-03-29T01:00:00Z"},
		"last minute before the double hour":     {clock(2026, 10, 25, 1, 59, "true", 0), "2026-10-24T23:59:00Z"},
		"double hour, summer time":               {clock(2026, 10, 25, 2, 30, "true", 0), "2026-10-25T00:30:00Z"},
		"double hour, winter time":               {clock(2026, 10, 25, 2, 30, "false", 0), "2026-10-25T01:30:00Z"},
		"double hour, offset of summer":          {clock(2026, 10, 25, 2, 30, "false", 120), "2026-10-25T00:30:00Z"},
		"double hour, offset of winter":          {clock(2026, 10, 25, 2, 30, "true", 60), "2026-10-25T01:30:00Z"},
		"first minute after the double hour":     {clock(2026, 10, 25, 3, 0, "false", 0), "2026-10-25T02:00:00Z"},
		"an offset from elsewhere is believed":   {clock(2026, 7, 15, 12, 0, "false", -300), "2026-07-15T17:00:00Z"},
		"midnight of the year, offset of winter": {clock(2027, 1, 1, 0, 0, "false", 60), "2026-12-31T23:00:00Z"},
		"spring of another year":                 {clock(2027, 3, 28, 2, 15, "false", 0), "2027-03-28T01:15:00Z"},
		"autumn of another year":                 {clock(2027, 10, 31, 2, 15, "true", 0), "2027-10-31T00:15:00Z"},
	} {
		r := &reading{assumptions: assumptions{zone: amsterdam(t), timeOffset: OffsetTrusted}}
		got := r.instant("x", c.wire)
		require.NoError(t, r.err(), name)
		require.Equal(t, c.utc, got.UTC().Format(time.RFC3339), name)
		require.Equal(t, homeZone, got.Location().String(), name)
	}
}

func TestInstant_IgnoredOffsetsLeaveAmsterdam(t *testing.T) {
	t.Parallel()
	r := &reading{assumptions: assumptions{zone: amsterdam(t), timeOffset: OffsetIgnored}}
	require.Equal(t, "2026-07-15T10:00:00Z", r.instant("x", clock(2026, 7, 15, 12, 0, "false", -300)).UTC().Format(time.RFC3339))
}

func TestInstant_NoTimeAndNonsense(t *testing.T) {
	t.Parallel()
	r := &reading{assumptions: assumptions{zone: amsterdam(t), timeOffset: OffsetTrusted}}
	require.True(t, r.instant("x", nil).IsZero())
	require.True(t, r.instant("x", clock(0, 0, 0, 0, 0, "false", 0)).IsZero())
	require.NoError(t, r.err())
	for _, w := range []*soapMplusDateTime{
		clock(2026, 2, 30, 0, 0, "false", 0), clock(2026, 13, 1, 0, 0, "false", 0), clock(2026, 1, 1, 24, 0, "false", 0),
		clock(2026, 1, 1, 0, 60, "false", 0), clock(2026, 1, 1, 0, 0, "perhaps", 0), clock(2026, 1, 1, 0, 0, "false", 900), clock(-1, 1, 1, 0, 0, "", 0),
	} {
		r := &reading{assumptions: assumptions{zone: amsterdam(t)}}
		require.True(t, r.instant("entryTimestamp", w).IsZero() || r.err() != nil)
		require.ErrorContains(t, r.err(), "entryTimestamp")
	}
}

// Every minute around both changes of time, written as we write it, reads back as
// itself, by its offset or by its flag alone.
func TestInstant_ReadsBackWhatIsWritten(t *testing.T) {
	t.Parallel()
	zone := amsterdam(t)
	for _, begin := range []string{"2026-03-28T22:00:00Z", "2026-10-24T22:00:00Z", "2028-02-28T22:00:00Z"} {
		at, err := time.Parse(time.RFC3339, begin)
		require.NoError(t, err)
		for range 6 * 60 {
			out := soapMplusDateTimeFromInstant(at, zone)
			in := clock(out.Year, out.Mon, out.Day, out.Hour, out.Min, fmt.Sprint(out.IsDST), out.Timezone)
			flagOnly := clock(out.Year, out.Mon, out.Day, out.Hour, out.Min, fmt.Sprint(out.IsDST), 0)
			r := &reading{assumptions: assumptions{zone: zone, timeOffset: OffsetTrusted}}
			require.True(t, at.Equal(r.instant("x", in)), "%s", at)
			require.True(t, at.Equal(r.instant("x", flagOnly)), "%s", at)
			at = at.Add(time.Minute)
		}
	}
}

func TestDate_AnyPartZeroIsNoDate(t *testing.T) {
	t.Parallel()
	r := &reading{}
	require.True(t, r.date("x", nil).IsZero())
	for _, w := range []soapMplusDate{{}, {"0", "0", "0"}, {"1", "1", "0"}, {"0", "1", "2026"}, {"1", "0", "2026"}} {
		require.True(t, r.date("x", &w).IsZero())
	}
	require.Equal(t, domain.Date{Year: 2028, Month: 2, Day: 29}, r.date("x", &soapMplusDate{"29", "2", "2028"}))
	require.NoError(t, r.err())
	for _, w := range []soapMplusDate{{"29", "2", "2026"}, {"31", "4", "2026"}, {"1", "13", "2026"}, {"-1", "1", "2026"}, {"1", "1", "10000"}, {"x", "1", "2026"}} {
		r := &reading{}
		require.True(t, r.date("financialDate", &w).IsZero())
		require.ErrorContains(t, r.err(), "financialDate")
	}
}

func FuzzDates(f *testing.F) {
	f.Add("2026", "3", "29", "2", "30", "0", "false", "0")
	f.Add("2026", "10", "25", "2", "30", "0", "true", "120")
	f.Add("0", "0", "0", "0", "0", "0", "", "")
	f.Add("-1", "99", "99999999999999999999", "x", " 7 ", "+1", "TRUE", "2147483648")
	zone := amsterdam(f)
	f.Fuzz(func(t *testing.T, year, month, day, hour, minute, second, dst, offset string) {
		a := assumptions{zone: zone, timeOffset: OffsetTrusted}
		r := &reading{assumptions: a}
		d := r.date("d", &soapMplusDate{wireInt(day), wireInt(month), wireInt(year)})
		if r.err() == nil && !d.IsZero() {
			parsed, err := domain.ParseDate(d.String())
			require.NoError(t, err)
			require.Equal(t, d, parsed)
		}
		r = &reading{assumptions: a}
		at := r.instant("t", &soapMplusDateTime{
			wireInt(second), wireInt(minute), wireInt(hour), wireInt(day), wireInt(month), wireInt(year), wireBool(dst), wireInt(offset),
		})
		if r.err() == nil && !at.IsZero() {
			out := soapMplusDateTimeFromInstant(at, zone)
			again := (&reading{assumptions: a}).instant("t", &soapMplusDateTime{
				wireInt(fmt.Sprint(out.Sec)), wireInt(fmt.Sprint(out.Min)), wireInt(fmt.Sprint(out.Hour)), wireInt(fmt.Sprint(out.Day)),
				wireInt(fmt.Sprint(out.Mon)), wireInt(fmt.Sprint(out.Year)), wireBool(fmt.Sprint(out.IsDST)), wireInt("0"),
			})
			if at.Year() > 1950 && at.Year() < 9000 { // before, Amsterdam's offset had seconds
				require.True(t, at.Equal(again), "%s %s", at, again)
			}
		}
	})
}
