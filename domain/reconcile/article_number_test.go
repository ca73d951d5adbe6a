package reconcile_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func TestNumberFor_WhatACodeAsksFor(t *testing.T) {
	t.Parallel()
	alias, plain := reconcile.NumberAsked{Alias: true}, func(n int64) reconcile.NumberAsked { return reconcile.NumberAsked{Plain: n} }
	refused := func(code string) reconcile.NumberAsked { return reconcile.NumberAsked{Refused: code} }
	for _, c := range []struct {
		code                      string
		byAlias, stripped, parked reconcile.NumberAsked
	}{
		{"1", plain(1), plain(1), plain(1)},
		{" 100101 ", plain(100101), plain(100101), plain(100101)},
		{"999999999999999999", plain(999999999999999999), plain(999999999999999999), plain(999999999999999999)},
		{"1000000000000000000", alias, alias, refused(reconcile.CodeNoNumber)},
		{"0123", alias, plain(123), refused(reconcile.CodeLeadingZeros)},
		{"0", alias, alias, refused(reconcile.CodeLeadingZeros)},
		{"000", alias, alias, refused(reconcile.CodeLeadingZeros)},
		{"00001000000000000000000", alias, alias, refused(reconcile.CodeLeadingZeros)},
		{"0000000000000000000000001", alias, plain(1), refused(reconcile.CodeLeadingZeros)},
		{"12-3", alias, alias, refused(reconcile.CodeNoNumber)},
		{"1.5", alias, alias, refused(reconcile.CodeNoNumber)},
		{"-5", alias, alias, refused(reconcile.CodeNoNumber)},
		{"+5", alias, alias, refused(reconcile.CodeNoNumber)},
		{"1 2", alias, alias, refused(reconcile.CodeNoNumber)},
		{"١٢٣", alias, alias, refused(reconcile.CodeNoNumber)},
		{"pan", alias, alias, refused(reconcile.CodeNoNumber)},
		{"", alias, alias, refused(reconcile.CodeNoNumber)},
	} {
		require.Equal(t, c.byAlias, reconcile.NumberFor(c.code, domain.NumberRules{LeadingZeros: domain.ZerosAlias, OtherCodes: domain.CodesAlias}), c.code)
		require.Equal(t, c.stripped, reconcile.NumberFor(c.code, domain.NumberRules{LeadingZeros: domain.ZerosStrip, OtherCodes: domain.CodesAlias}), c.code)
		require.Equal(t, c.parked, reconcile.NumberFor(c.code, domain.NumberRules{LeadingZeros: domain.ZerosPark, OtherCodes: domain.CodesPark}), c.code)
	}
	require.Equal(t, refused(reconcile.CodeNoNumber), reconcile.NumberFor("000", domain.NumberRules{LeadingZeros: domain.ZerosStrip, OtherCodes: domain.CodesPark}))
}

func TestNextAliases_AreFreeAndOfTheRangeOnly(t *testing.T) {
	t.Parallel()
	rules := domain.NumberRules{First: 10, Last: 15}
	require.Equal(t, []int64{10, 11}, reconcile.NextAliases(rules, 0, 2, nil))
	require.Equal(t, []int64{13, 15}, reconcile.NextAliases(rules, 12, 5, map[int64]bool{14: true}))
	require.Empty(t, reconcile.NextAliases(rules, 15, 1, nil))
	require.Empty(t, reconcile.NextAliases(rules, 12, 0, nil))
}

// FuzzNumberFor: a code has one answer, the same in any case and between blanks; a
// number is one that the code spells.
func FuzzNumberFor(f *testing.F) {
	for _, seed := range []string{"1", "0123", "000", "", "PAN-1", "9223372036854775808", "999999999999999999", "１２", "1e5", "\x00", " 5\t", "ß", "ŉ"} {
		f.Add(seed, "alias", "alias")
		f.Add(seed, "strip", "park")
		f.Add(seed, "park", "alias")
	}
	f.Fuzz(func(t *testing.T, code, zeros, other string) {
		rules := domain.NumberRules{LeadingZeros: domain.LeadingZeros(zeros), OtherCodes: domain.OtherCodes(other)}
		asked := reconcile.NumberFor(code, rules)
		answers := 0
		for _, is := range []bool{asked.Plain != 0, asked.Alias, asked.Refused != ""} {
			if is {
				answers++
			}
		}
		require.Equal(t, 1, answers)
		require.Equal(t, asked, reconcile.NumberFor(" "+reconcile.NumberKey(code)+" ", rules))
		if asked.Plain != 0 {
			require.Positive(t, asked.Plain)
			require.Equal(t, strings.TrimLeft(strings.TrimSpace(code), "0"), strconv.FormatInt(asked.Plain, 10))
			require.LessOrEqual(t, asked.Plain, int64(999_999_999_999_999_999))
		}
	})
}
