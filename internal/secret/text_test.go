package secret_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/secret"
)

func TestText_NoWayOfPrintingShowsIt(t *testing.T) {
	t.Parallel()
	s := secret.Text("planted-secret")
	holder := struct{ Password secret.Text }{s}

	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("x", "s", s, "h", holder)
	encoded, err := json.Marshal(holder)
	require.NoError(t, err)

	for _, shown := range []string{
		fmt.Sprint(s), fmt.Sprintf("%v %+v %#v %q", s, s, s, s), fmt.Sprintf("%+v %#v", holder, holder),
		logged.String(), string(encoded),
	} {
		require.NotContains(t, shown, "planted")
	}
	require.Equal(t, "planted-secret", s.Reveal())
}
