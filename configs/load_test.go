package configs_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/internal/secret"
)

const planted = "hunter2-do-not-show"

func environment(pairs map[string]string) configs.Lookup {
	return func(name string) (string, bool) {
		value, set := pairs[name]
		return value, set
	}
}

func newKey(t *testing.T) string {
	t.Helper()
	key, err := secret.NewKey()
	require.NoError(t, err)
	return key.Reveal()
}

func settingsFile(t *testing.T, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "koppel.yaml")
	require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
	return file
}

// enough is the least that a server needs, with changes.
func enough(t *testing.T, changes map[string]string) configs.Lookup {
	t.Helper()
	env := map[string]string{"KOPPEL_DATABASE_URL": "postgres://koppel:" + planted + "@db.example:5432/koppel", "KOPPEL_KEY": newKey(t)}
	for name, value := range changes {
		env[name] = value
	}
	return environment(env)
}

func TestLoad_FillsInTheDefaults(t *testing.T) {
	t.Parallel()
	config, err := configs.Load("", enough(t, nil))

	require.NoError(t, err)
	require.Equal(t, configs.Temporal{Address: "127.0.0.1:7233", Namespace: "default"}, config.Temporal)
	require.Equal(t, configs.Server{Listen: ":8080"}, config.Server)
	require.Equal(t, configs.Worker{Listen: ":8081", Concurrency: 50, StopTimeout: 10 * time.Second}, config.Worker)
	require.Equal(t, configs.Log{Level: slog.LevelInfo, JSON: true}, config.Log)
	require.Contains(t, config.DatabaseURL.Reveal(), planted)
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", config, config, config), planted)
}

func TestLoad_TheEnvironmentWinsOverTheFile(t *testing.T) {
	t.Parallel()
	file := settingsFile(t, `
server:
  listen: 127.0.0.1:9000
  public_url: https://koppel.example.nl/
temporal: {address: "temporal.example:7233", namespace: shops}
worker: {concurrency: 5, listen: ""}
log: {level: debug, format: text}
`)
	config, err := configs.Load("", enough(t, map[string]string{
		"KOPPEL_CONFIG": file, "KOPPEL_LISTEN": ":9999", "KOPPEL_LOG_LEVEL": "", "KOPPEL_TEMPORAL_NAMESPACE": "other",
	}))

	require.NoError(t, err)
	require.Equal(t, ":9999", config.Server.Listen)
	require.Equal(t, "https://koppel.example.nl", config.Server.PublicURL)
	require.Equal(t, "temporal.example:7233", config.Temporal.Address)
	require.Equal(t, "other", config.Temporal.Namespace)
	require.Equal(t, 5, config.Worker.Concurrency)
	require.Empty(t, config.Worker.Listen, "an empty address switches the worker's listener off")
	require.Equal(t, configs.Log{Level: slog.LevelDebug, LevelChosen: true, FormatChosen: true}, config.Log, "an empty variable is the same as none")
}

func TestLoad_AnEmptyVariableSwitchesTheWorkersListenerOff(t *testing.T) {
	t.Parallel()
	config, err := configs.Load("", enough(t, map[string]string{"KOPPEL_WORKER_LISTEN": ""}))
	require.NoError(t, err)
	require.Empty(t, config.Worker.Listen)
}

func TestLoad_TakesTheUsualNameOfTheDatabaseVariable(t *testing.T) {
	t.Parallel()
	config, err := configs.Load("", environment(map[string]string{"DATABASE_URL": "postgres://u@h/other"}), configs.NameDatabaseURL)
	require.NoError(t, err)
	require.Equal(t, "postgres://u@h/other", config.DatabaseURL.Reveal())

	config, err = configs.Load("", enough(t, map[string]string{"DATABASE_URL": "postgres://u@h/other"}))
	require.NoError(t, err)
	require.Contains(t, config.DatabaseURL.Reveal(), "db.example")
}

func TestLoad_ReadsTheKeyFromAFile(t *testing.T) {
	t.Parallel()
	key := newKey(t)
	file := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(file, []byte(key+"\n"), 0o600))
	env := map[string]string{"KOPPEL_DATABASE_URL": "postgres://u@h/d", "KOPPEL_KEY_FILE": file}

	config, err := configs.Load("", environment(env))
	require.NoError(t, err)
	require.Equal(t, key, config.Key.Reveal())

	env["KOPPEL_KEY"] = key
	_, err = configs.Load("", environment(env))
	require.ErrorContains(t, err, "KOPPEL_KEY and KOPPEL_KEY_FILE are both set")
}

func TestLoad_ReportsEveryProblemAtOnceAndNoValue(t *testing.T) {
	t.Parallel()
	file := settingsFile(t, `
sever: {listen: ":1"}
server: {listen: [1, 2], publicurl: x}
temporal: {api_key: `+planted+`}
worker: {concurrency: many}
log: {level: info, level: debug}
`)
	_, err := configs.Load(file, environment(map[string]string{
		"KOPPEL_DATABASE_URL":           "postgres://koppel:" + planted + "@host:notaport/x",
		"KOPPEL_KEY":                    planted,
		"KOPPEL_TEMPORAL_ADDRESS":       planted,
		"KOPPEL_TEMPORAL_UI_URL":        "https://user:" + planted + "@ui",
		"KOPPEL_TEMPORAL_TLS":           planted,
		"KOPPEL_LOG_FORMAT":             planted,
		"KOPPEL_WORKER_STOP_TIMEOUT":    planted,
		"KOPPEL_TEMPORAL_TLS_CERT_FILE": "/nowhere/cert.pem",
	}))

	for _, want := range []string{
		"sever (line 2 of the settings file) is not a known key; known here: database, key_file, log, server, smtp, temporal, worker",
		"server.listen (line 3 of the settings file) must be one value",
		"server.publicurl (line 3 of the settings file) is not a known key; known here: listen, public_url",
		"temporal.api_key (line 4 of the settings file) is a secret and has no place in a file: set KOPPEL_TEMPORAL_API_KEY",
		"KOPPEL_WORKER_CONCURRENCY (worker.concurrency, line 5 of the settings file) must be a whole number from 1 to 1000",
		"log.level (line 6 of the settings file) stands here twice",
		"KOPPEL_DATABASE_URL cannot be read: write postgres://",
		"KOPPEL_KEY the key is not a Koppel key",
		"KOPPEL_TEMPORAL_ADDRESS must be host:port",
		"KOPPEL_TEMPORAL_UI_URL must be an address",
		"KOPPEL_TEMPORAL_TLS must be true or false",
		"KOPPEL_LOG_FORMAT must be json or text",
		"KOPPEL_WORKER_STOP_TIMEOUT must be a length of time",
		"KOPPEL_TEMPORAL_TLS_CERT_FILE and KOPPEL_TEMPORAL_TLS_KEY_FILE belong together",
	} {
		require.ErrorContains(t, err, want)
	}
	require.NotContains(t, err.Error(), planted)
}

func TestLoad_SaysHowToSetWhatIsMissing(t *testing.T) {
	t.Parallel()
	_, err := configs.Load("", environment(nil))
	require.ErrorContains(t, err, "KOPPEL_DATABASE_URL is not set")
	require.ErrorContains(t, err, "or DATABASE_URL, or database.url in the settings file")
	require.ErrorContains(t, err, "KOPPEL_KEY is not set")
	require.ErrorContains(t, err, "or KOPPEL_KEY_FILE to a file that holds it")

	_, err = configs.Load("", environment(nil), configs.NameDatabaseURL)
	require.ErrorContains(t, err, "KOPPEL_DATABASE_URL is not set")
	require.NotContains(t, err.Error(), "KOPPEL_KEY")
}

func TestLoad_RefusesWrongValues(t *testing.T) {
	t.Parallel()
	for name, env := range map[string]map[string]string{
		"port too high":          {"KOPPEL_LISTEN": ":70000"},
		"port without colon":     {"KOPPEL_LISTEN": "8080"},
		"address with no port":   {"KOPPEL_TEMPORAL_ADDRESS": "temporal"},
		"url without scheme":     {"KOPPEL_PUBLIC_URL": "koppel.example.nl"},
		"url with a query":       {"KOPPEL_PUBLIC_URL": "https://koppel.example.nl?a=b"},
		"concurrency of nothing": {"KOPPEL_WORKER_CONCURRENCY": "0"},
		"unknown level":          {"KOPPEL_LOG_LEVEL": "loud"},
		"stop timeout negative":  {"KOPPEL_WORKER_STOP_TIMEOUT": "-1s"},
		"no such key file":       {"KOPPEL_KEY": "", "KOPPEL_KEY_FILE": "/nowhere/key"},
		"no such settings file":  {"KOPPEL_CONFIG": "/nowhere/koppel.yaml"},
		"no such authority file": {"KOPPEL_TEMPORAL_TLS_CA_FILE": "/nowhere/ca.pem"},
		"api key in the clear":   {"KOPPEL_TEMPORAL_TLS": "false", "KOPPEL_TEMPORAL_API_KEY": planted},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := configs.Load("", enough(t, env))
			require.Error(t, err)
			require.NotContains(t, err.Error(), planted)
		})
	}
}

func TestLoad_AnAPIKeySwitchesTLSOn(t *testing.T) {
	t.Parallel()
	config, err := configs.Load("", enough(t, map[string]string{"KOPPEL_TEMPORAL_API_KEY": planted}))
	require.NoError(t, err)
	require.True(t, config.Temporal.TLS)
	require.Equal(t, planted, config.Temporal.APIKey.Reveal())
	tlsConfig, err := config.Temporal.TLSConfig()
	require.NoError(t, err)
	require.False(t, tlsConfig.InsecureSkipVerify)
}

func TestLoad_ReadsACertificateAndItsAuthority(t *testing.T) {
	t.Parallel()
	cert, key := certificate(t)
	config, err := configs.Load("", enough(t, map[string]string{
		"KOPPEL_TEMPORAL_TLS_CERT_FILE": cert, "KOPPEL_TEMPORAL_TLS_KEY_FILE": key,
		"KOPPEL_TEMPORAL_TLS_CA_FILE": cert, "KOPPEL_TEMPORAL_TLS_SERVER_NAME": "temporal.internal",
	}))
	require.NoError(t, err)
	tlsConfig, err := config.Temporal.TLSConfig()
	require.NoError(t, err)
	require.Len(t, tlsConfig.Certificates, 1)
	require.NotNil(t, tlsConfig.RootCAs)
	require.Equal(t, "temporal.internal", tlsConfig.ServerName)

	_, err = configs.Load("", enough(t, map[string]string{"KOPPEL_TEMPORAL_TLS_CA_FILE": key}))
	require.ErrorContains(t, err, "holds no certificate")
}

func certificate(t *testing.T) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	keyDER, err := x509.MarshalECPrivateKey(key)
	require.NoError(t, err)
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	require.NoError(t, os.WriteFile(certFile, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	require.NoError(t, os.WriteFile(keyFile, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: keyDER}), 0o600))
	return certFile, keyFile
}

func TestTable_HelpAndDocumentationNameEverySetting(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range configs.Table() {
		require.False(t, seen[s.Name] || seen[s.Path], "%s or %s stands twice", s.Name, s.Path)
		seen[s.Name], seen[s.Path] = true, true
		require.NotEmpty(t, s.Help, s.Name)
		require.True(t, strings.HasPrefix(s.Name, "KOPPEL_"), s.Name)
		require.Contains(t, configs.Help(), s.Name)
		require.Contains(t, configs.Markdown(), "`"+s.Name+"`")
	}
}

func TestLoad_AMailServer(t *testing.T) {
	t.Parallel()
	config, err := configs.Load("", enough(t, map[string]string{
		"KOPPEL_SMTP_HOST": "smtp.example.nl", "KOPPEL_SMTP_USER": "koppel", "KOPPEL_SMTP_PASSWORD": planted, "KOPPEL_SMTP_FROM": "koppel@example.nl",
	}))
	require.NoError(t, err)
	require.Equal(t, configs.Mail{
		Host: "smtp.example.nl", Port: 587, User: "koppel", Password: planted, Security: configs.MailStartTLS, From: "koppel@example.nl",
	}, config.Mail)
	require.NotContains(t, fmt.Sprintf("%v %+v %#v", config, config, config), planted)

	_, err = configs.Load("", enough(t, map[string]string{
		"KOPPEL_SMTP_HOST": "smtp.example.nl", "KOPPEL_SMTP_PASSWORD": planted, "KOPPEL_SMTP_TLS": "none",
	}))
	for _, want := range []string{"KOPPEL_SMTP_FROM is not set", "KOPPEL_SMTP_USER and KOPPEL_SMTP_PASSWORD belong together", "the password would travel in the clear"} {
		require.ErrorContains(t, err, want)
	}
	require.NotContains(t, err.Error(), planted)
	for name, value := range map[string]string{"KOPPEL_SMTP_TLS": "maybe", "KOPPEL_SMTP_FROM": "Koppel <koppel@example.nl>", "KOPPEL_SMTP_PORT": "0"} {
		_, err := configs.Load("", enough(t, map[string]string{name: value}))
		require.ErrorContains(t, err, name+" must be")
	}
}
