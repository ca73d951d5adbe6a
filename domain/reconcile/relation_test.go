package reconcile_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain/reconcile"
)

func TestMatchRelations_StrongKeysFirstAndNobodyTwice(t *testing.T) {
	t.Parallel()
	anybody := func(string, string) bool { return true }
	one := func(number string) reconcile.RelationMatch { return reconcile.RelationMatch{Number: number} }
	ambiguous := reconcile.RelationMatch{Ambiguous: true}
	for name, c := range map[string]struct {
		debtors []reconcile.RelationMatches
		free    func(debtor, customer string) bool
		want    map[string]reconcile.RelationMatch
	}{
		"nobody":             {[]reconcile.RelationMatches{{"D", [][]string{nil, {}}}}, anybody, map[string]reconcile.RelationMatch{}},
		"the strongest key":  {[]reconcile.RelationMatches{{"D", [][]string{nil, {"2"}, {"3"}}}}, anybody, map[string]reconcile.RelationMatch{"D": one("2")}},
		"one told twice":     {[]reconcile.RelationMatches{{"D", [][]string{{"2", "2"}}}}, anybody, map[string]reconcile.RelationMatch{"D": one("2")}},
		"several":            {[]reconcile.RelationMatches{{"D", [][]string{{"2", "3"}, {"4"}}}}, anybody, map[string]reconcile.RelationMatch{"D": ambiguous}},
		"a weaker key tells": {[]reconcile.RelationMatches{{"D", [][]string{{"2", "3"}, {"3", "4"}}}}, anybody, map[string]reconcile.RelationMatch{"D": one("3")}},
		"the later debtor has the stronger key": {
			[]reconcile.RelationMatches{{"A", [][]string{nil, {"2"}}}, {"B", [][]string{{"2"}, nil}}},
			anybody,
			map[string]reconcile.RelationMatch{"B": one("2")},
		},
		"the first of two with one key": {
			[]reconcile.RelationMatches{{"A", [][]string{{"2"}}}, {"B", [][]string{{"2"}}}}, anybody, map[string]reconcile.RelationMatch{"A": one("2")},
		},
		"another's is no hit": {
			[]reconcile.RelationMatches{{"A", [][]string{{"2", "3"}, {"2"}}}},
			func(_, customer string) bool { return customer != "2" },
			map[string]reconcile.RelationMatch{"A": one("3")},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.want, reconcile.MatchRelations(c.debtors, c.free))
		})
	}
}
