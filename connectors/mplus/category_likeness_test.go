package mplus

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

func TestIsLike_GoesByParentAndName(t *testing.T) {
	t.Parallel()
	group := func(parent, name string) []domain.Field {
		return []domain.Field{{Name: parentField, Value: domain.TextValue(parent)}, {Name: "name", Value: domain.TextValue(name)}}
	}
	held := connectors.HeldRecord{Number: "7", Fields: group("3", "Thee")}
	for _, c := range []struct {
		parent, name string
		want         bool
	}{{"3", "Thee", true}, {"3", "THEE ", true}, {"0", "Thee", false}, {"3", "Koffie", false}, {"", "Thee", false}} {
		require.Equal(t, c.want, (&Client{}).IsLike(held, domain.Draft{Fields: group(c.parent, c.name)}), "%s/%s", c.parent, c.name)
	}
	require.True(t, (&Client{}).IsUnder(held, "3"))
	require.False(t, (&Client{}).IsUnder(held, "7"))
}
