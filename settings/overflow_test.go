package settings_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

func TestOverflow_TheNoteIsAFieldThatARowFills(t *testing.T) {
	t.Parallel()
	const reference = "    - {target: COMMENT1, source: reference}\n"
	for name, c := range map[string]struct{ rows, want string }{
		"right":              {"    - {target: A, source: order.number, too_long: overflow, overflow_to: note}\n    - {target: NOTE, source: nil}\n", ""},
		"no field":           {"    - {target: A, source: order.number, too_long: overflow}\n", "mapping.order[1].overflow_to (line 11): must name the field"},
		"no row":             {"    - {target: A, source: order.number, too_long: overflow, overflow_to: B}\n", "must be the target of another row here"},
		"itself":             {"    - {target: A, source: order.number, too_long: overflow, overflow_to: A}\n", "must be a field that does not overflow itself"},
		"not asked for":      {"    - {target: A, source: order.number, overflow_to: COMMENT1}\n", "is only used with too_long: overflow"},
		"never written":      {"    - {target: A, source: order.number, too_long: overflow, overflow_to: B}\n    - {target: B, source: nil, policy: never}\n", "its policy is never"},
		"the key of records": {"    - {target: A, source: order.number, too_long: overflow, overflow_to: COMMENT1}\n", "must not be COMMENT1; records are found again by it"},
	} {
		_, err := settings.Parse([]byte(minimal + "mapping:\n  order:\n" + reference + c.rows))
		if c.want == "" {
			require.NoError(t, err, name)
		} else {
			require.ErrorContains(t, err, c.want, name)
		}
	}
}

// TestDefault_CharacterRules: names in plain letters, numbers and addresses of
// the net not at all.
func TestDefault_CharacterRules(t *testing.T) {
	t.Parallel()
	mapping := settings.Default("x").Mapping
	rejecting := map[string]bool{}
	for _, entity := range domain.MappedEntities() {
		for _, row := range mapping.Rows(entity) {
			require.NotEmpty(t, row.Characters, row.Target)
			if row.Characters == domain.CharactersReject {
				rejecting[row.Target] = true
			}
		}
	}
	for _, target := range []string{"MAIL_BUS", "VAT_NR", "COC_CODE", "ART_CODE", "COMMENT1"} {
		require.True(t, rejecting[target], target)
	}
	require.False(t, rejecting["ACCT_NAME"])
}
