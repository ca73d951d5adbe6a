package accountview_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
)

func TestDebtors_TheSandboxTellsEachOnceWhateverThePage(t *testing.T) {
	t.Parallel()
	for name := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openSandbox(t, name)
			read := func(part connectors.Part) map[string]connectors.DebtorRecord {
				seen := map[string]connectors.DebtorRecord{}
				for more := true; more; {
					page, err := o.books.Debtors(t.Context(), part)
					require.NoError(t, err)
					for _, r := range page.Records {
						require.NoError(t, r.Fault)
						require.NotContains(t, seen, r.Debtor.Number)
						seen[r.Debtor.Number] = r
					}
					part.After, more = page.Next, page.Next != ""
				}
				return seen
			}
			all := read(connectors.Part{Limit: 7})
			require.Greater(t, len(all), 10)
			require.Empty(t, read(connectors.Part{Limit: 7, Since: time.Now().Add(-time.Minute)}), "nothing changed")
			require.Less(t, len(read(connectors.Part{Limit: 7, Where: "CONTACT.APX_LIST='HOREC'"})), len(all))

			var number string
			for number = range all {
				break
			}
			named, err := o.books.DebtorsByNumber(t.Context(), []string{" " + number + " ", "nobody", number, ""})
			require.NoError(t, err)
			require.Equal(t, []connectors.DebtorRecord{all[number]}, named)
		})
	}
}
