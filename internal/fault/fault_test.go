package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
)

func TestError_TextHoldsCodesAndKeysOnly(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.Rejected, "validation", "accountview POST AR1").About("2026.123").
		WithDetail("Naam Jansen is ongeldig").Because(errors.New("dial tcp books.example:443"))

	require.Equal(t, "Rejected: validation (accountview POST AR1) [2026.123]", f.Error())
	require.NotContains(t, fmt.Sprintf("%v %+v", f, f), "Jansen")
	require.Equal(t, "Naam Jansen is ongeldig", f.Detail())
}

func TestIs_FindsTheKindThroughWrapping(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("read page: %w", fault.New(fault.Throttled, "busy", "gate"))

	require.True(t, fault.Is(err, fault.Throttled))
	require.False(t, fault.Is(err, fault.Unavailable))
	require.False(t, fault.Is(errors.New("plain"), fault.Unknown))
}

func TestKind_OnlyWaitingKindsAreRetried(t *testing.T) {
	t.Parallel()
	for kind, retried := range map[fault.Kind]bool{
		fault.Invalid: false, fault.Rejected: false, fault.NotFound: false, fault.Conflict: false,
		fault.Unauthorized: false, fault.Misconfigured: false,
		fault.Throttled: true, fault.Unavailable: true, fault.Uncertain: true, fault.Unknown: true,
	} {
		require.Equal(t, retried, kind.Retryable(), kind)
	}
	require.True(t, fault.Unauthorized.StopsEverything())
	require.False(t, fault.Rejected.StopsEverything())
}
