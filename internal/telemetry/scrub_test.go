package telemetry_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/telemetry"
)

const planted = "hunter2-planted"

type settings struct {
	Name string
	key  secret.Text // fmt prints unexported fields without asking their methods
}

type plainError struct{ text string }

func (e *plainError) Error() string { return e.text }

func logged(t *testing.T, json bool, write func(*slog.Logger)) string {
	t.Helper()
	var out bytes.Buffer
	write(telemetry.NewLogger(&out, slog.LevelDebug, json))
	return out.String()
}

func TestScrub_KeepsSecretsAndPersonalDataOut(t *testing.T) {
	t.Parallel()
	for name, write := range map[string]func(*slog.Logger){
		"secret":              func(l *slog.Logger) { l.Info("m", "v", secret.Text(planted)) },
		"secret in a struct":  func(l *slog.Logger) { l.Info("m", "v", settings{key: planted}) },
		"pointer to a struct": func(l *slog.Logger) { l.Info("m", "v", &settings{Name: planted}) },
		"map":                 func(l *slog.Logger) { l.Info("m", "v", map[string]string{"a": planted}) },
		"bytes":               func(l *slog.Logger) { l.Info("m", "v", []byte(planted)) },
		"list of structs":     func(l *slog.Logger) { l.Info("m", "v", []settings{{Name: planted}}) },
		"named password":      func(l *slog.Logger) { l.Info("m", "Password", planted) },
		"named access token":  func(l *slog.Logger) { l.Info("m", "access_token", planted) },
		"named body":          func(l *slog.Logger) { l.Info("m", "body", planted) },
		"named e-mail":        func(l *slog.Logger) { l.Info("m", "E-Mail", planted) },
		"in a group":          func(l *slog.Logger) { l.Info("m", slog.Group("g", "token", planted)) },
		"with attributes":     func(l *slog.Logger) { l.With("secret", planted).Info("m") },
		"within a group":      func(l *slog.Logger) { l.WithGroup("g").With("secret", planted).Info("m") },
		"query of a URL":      func(l *slog.Logger) { l.Info("m", "v", "POST https://till.example/?secret="+planted+" failed") },
		"user of a URL":       func(l *slog.Logger) { l.Info("m", "v", "postgres://koppel:"+planted+"@db/koppel") },
		"password with at":    func(l *slog.Logger) { l.Info("m", "v", "postgres://koppel:"+planted+"@x@db/koppel") },
		"error with a URL": func(l *slog.Logger) {
			l.Info("m", "error", fmt.Errorf("call: %w", errors.New("Get \"https://u:"+planted+"@h/?q="+planted+"\": EOF")))
		},
		"bearer":            func(l *slog.Logger) { l.Info("sent Authorization: Bearer " + planted) },
		"e-mail in text":    func(l *slog.Logger) { l.Info("m", "v", "mail "+planted+"@example.nl bounced") },
		"message":           func(l *slog.Logger) { l.Info("calling https://till.example/?ident=" + planted) },
		"lazily made value": func(l *slog.Logger) { l.Info("m", "v", lazy{}) },
	} {
		for _, json := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s json=%v", name, json), func(t *testing.T) {
				t.Parallel()
				line := logged(t, json, write)
				require.NotEmpty(t, line)
				require.NotContains(t, line, planted)
			})
		}
	}
}

func TestScrub_HidesATokenOfTheAPIButForItsNumber(t *testing.T) {
	t.Parallel()
	line := logged(t, true, func(l *slog.Logger) {
		l.Info("somebody sent koppel_12_0123456789abcdefghijABCDEFGHIJ0123456789abc as a name")
	})
	require.Contains(t, line, "koppel_12_[hidden] as a name")
}

type lazy struct{}

func (lazy) LogValue() slog.Value {
	return slog.GroupValue(slog.String("token", planted), slog.Any("v", settings{Name: planted}))
}

func TestScrub_KeepsWhatIsNeeded(t *testing.T) {
	t.Parallel()
	line := logged(t, true, func(l *slog.Logger) {
		l.With(telemetry.KeyIntegration, "shop").Warn("order parked",
			telemetry.KeyRef, "2026.123", "document", 3, "numbers", []string{"a", "b"}, "error", errors.New("reading failed"),
			"url", "https://books.example/api/v3/orders", "kind", slog.AnyValue("x"))
	})
	var fields map[string]any
	require.NoError(t, json.Unmarshal([]byte(line), &fields))
	require.Equal(t, "shop", fields["integration"])
	require.Equal(t, "2026.123", fields["ref"])
	require.InDelta(t, 3, fields["document"], 0)
	require.Equal(t, "[a b]", fields["numbers"])
	require.Equal(t, "reading failed", fields["error"])
	require.Equal(t, "https://books.example/api/v3/orders", fields["url"])
	require.Equal(t, "order parked", fields["msg"])
}

func TestScrub_SurvivesAnErrorThatIsNil(t *testing.T) {
	t.Parallel()
	var broken *plainError
	require.Contains(t, logged(t, true, func(l *slog.Logger) { l.Info("m", "error", error(broken)) }), "[no text]")
}

func FuzzScrub_NeverShowsTheQueryOfAURL(f *testing.F) {
	f.Add("https://h/p", "x")
	f.Add("ftp://a:b@c", "?d")
	f.Add("call \"http://h", "&y=z")
	f.Fuzz(func(t *testing.T, before, after string) {
		var out bytes.Buffer
		telemetry.NewLogger(&out, slog.LevelInfo, true).Info("m", "v", before+" https://till.example/?secret="+planted+" "+after)
		if bytes.Contains(out.Bytes(), []byte(planted)) {
			t.Fatal(out.String())
		}
	})
}
