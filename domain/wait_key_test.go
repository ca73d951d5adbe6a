package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func TestWaitKey_ReadsBackWhatItWasMadeOf(t *testing.T) {
	t.Parallel()
	article := domain.WaitForProduct("10:01")
	require.Equal(t, domain.WaitProduct, article.Kind())
	require.Equal(t, "10:01", article.About())
	require.Equal(t, domain.WaitDocument, domain.WaitForDocument.Kind())
	credit := domain.WaitForCredited("receipt-5")
	require.Equal(t, domain.WaitCredited, credit.Kind())
	require.Equal(t, "receipt-5", credit.About())

	for _, key := range []domain.LookupKey{{"9"}, {"DEU:2"}, {"a", "", `b"c`}} {
		table, read, ok := domain.WaitForRow("vat_code", key).Row()
		require.True(t, ok)
		require.Equal(t, "vat_code", table)
		require.Equal(t, key, read)
	}
	for _, not := range []domain.WaitKey{article, "row:vat_code:nonsense", "row", ""} {
		_, _, ok := not.Row()
		require.False(t, ok, not)
	}
}

func FuzzWaitKey(f *testing.F) {
	f.Add("row:vat_code:[\"9\"]")
	f.Add("article:1001")
	f.Fuzz(func(t *testing.T, text string) {
		key := domain.WaitKey(text)
		table, row, ok := key.Row()
		if ok && len(row) > 0 {
			again, read, fine := domain.WaitForRow(table, row).Row()
			require.True(t, fine)
			require.Equal(t, table, again)
			require.Equal(t, row, read)
		}
		_ = key.About()
	})
}
