package domain_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func TestIsRecordKey_TakesWhatBooksAndTillsWriteAndNoMore(t *testing.T) {
	t.Parallel()
	for _, key := range []string{"1001", "0042", "FIETS-26/R", "B1-1-2026.55", "café au lait", "*", strings.Repeat("9", 100)} {
		require.True(t, domain.IsRecordKey(key), key)
	}
	for _, key := range []string{"", " ", " 1", "1 ", "1\n2", "1\x00", "\xff", "a\u200bb", strings.Repeat("9", 101)} {
		require.False(t, domain.IsRecordKey(key), "%q", key)
	}
}
