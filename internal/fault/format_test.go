package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
)

func TestError_NoVerbShowsWhatIsHidden(t *testing.T) {
	t.Parallel()
	f := fault.New(fault.Rejected, "validation", "accountview POST AR1").About("2026.123").
		WithDetail("Naam Jansen is ongeldig").Because(errors.New("planted cause"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		for _, shown := range []string{
			fmt.Sprintf(verb, f), fmt.Sprintf(verb, *f), fmt.Sprintf(verb, struct{ E any }{*f}),
		} {
			require.NotContains(t, shown, "Jansen", verb)
			require.NotContains(t, shown, "planted", verb)
			require.NotContains(t, shown, fmt.Sprintf("%x", "Jansen"), verb)
		}
	}
	require.Equal(t, f.Error(), fmt.Sprintf("%#v", f))
	require.Equal(t, f.Error(), fmt.Sprintf("%v", *f))
}
