package configs

// Setting is one line of the table of settings.
type Setting struct {
	Name     string // environment variable
	Also     string // another variable that is accepted; Name wins
	Path     string // place in the file: "temporal.address"
	Default  string
	Help     string
	Required bool // must be set for a server or a worker
	EnvOnly  bool // a secret that has no place in a file

	// emptyMeans is what an empty value stands for; without it, empty is the same as not set.
	emptyMeans string
	read       func(c *Config, value string) error
}

// Names of the settings that a command may ask for by itself.
const (
	// NameConfig names the file of settings.
	NameConfig = "KOPPEL_CONFIG"
	// NameDatabaseURL is where the database is.
	NameDatabaseURL = "KOPPEL_DATABASE_URL"
	// NameKey is the master key.
	NameKey = "KOPPEL_KEY"

	nameKeyFile  = "KOPPEL_KEY_FILE"
	nameTLS      = "KOPPEL_TEMPORAL_TLS"
	nameCertFile = "KOPPEL_TEMPORAL_TLS_CERT_FILE"
	nameCertKey  = "KOPPEL_TEMPORAL_TLS_KEY_FILE"
	nameCAFile   = "KOPPEL_TEMPORAL_TLS_CA_FILE"
	nameTLSName  = "KOPPEL_TEMPORAL_TLS_SERVER_NAME"
	nameAPIKey   = "KOPPEL_TEMPORAL_API_KEY"

	nameMailHost     = "KOPPEL_SMTP_HOST"
	nameMailUser     = "KOPPEL_SMTP_USER"
	nameMailPassword = "KOPPEL_SMTP_PASSWORD"
	nameMailSecurity = "KOPPEL_SMTP_TLS"
	nameMailFrom     = "KOPPEL_SMTP_FROM"

	nameLogLevel  = "KOPPEL_LOG_LEVEL"
	nameLogFormat = "KOPPEL_LOG_FORMAT"
)

// Table is every setting, in the order people meet them. Help texts and
// documentation are printed from it.
func Table() []Setting {
	return []Setting{
		{
			Name: NameDatabaseURL, Also: "DATABASE_URL", Path: "database.url", Required: true, read: readDatabaseURL,
			Help: "PostgreSQL, as postgres://user:password@host:5432/name?sslmode=verify-full",
		},
		{
			Name: NameKey, Path: "key", Required: true, EnvOnly: true, read: readKey,
			Help: "master key that encrypts secrets and payloads; make one with 'koppel secret new-key' and keep a copy: without it nothing stored can be read",
		},
		{
			Name: nameKeyFile, Path: "key_file", read: readKeyFile,
			Help: "file that holds the master key, instead of KOPPEL_KEY",
		},
		{
			Name: "KOPPEL_TEMPORAL_ADDRESS", Path: "temporal.address", Default: "127.0.0.1:7233",
			read: readAddress(func(c *Config) *string { return &c.Temporal.Address }),
			Help: "Temporal's frontend, as host:port",
		},
		{
			Name: "KOPPEL_TEMPORAL_NAMESPACE", Path: "temporal.namespace", Default: "default",
			read: readText(func(c *Config) *string { return &c.Temporal.Namespace }),
			Help: "namespace that the flows run in",
		},
		{
			Name: nameTLS, Path: "temporal.tls", Default: "false", read: readTLS,
			Help: "whether to speak TLS to Temporal; an API key or a certificate switches it on",
		},
		{
			Name: nameCertFile, Path: "temporal.tls_cert_file",
			read: readText(func(c *Config) *string { return &c.Temporal.CertFile }),
			Help: "client certificate for Temporal, PEM; together with its key file",
		},
		{
			Name: nameCertKey, Path: "temporal.tls_key_file",
			read: readText(func(c *Config) *string { return &c.Temporal.KeyFile }),
			Help: "key of the client certificate, PEM",
		},
		{
			Name: nameCAFile, Path: "temporal.tls_ca_file",
			read: readText(func(c *Config) *string { return &c.Temporal.CAFile }),
			Help: "certificate that signed Temporal's own, PEM; without it the system's list is used",
		},
		{
			Name: nameTLSName, Path: "temporal.tls_server_name",
			read: readText(func(c *Config) *string { return &c.Temporal.ServerName }),
			Help: "name in Temporal's certificate, when the address has another",
		},
		{
			Name: nameAPIKey, Path: "temporal.api_key", EnvOnly: true, read: readAPIKey,
			Help: "API key for Temporal Cloud",
		},
		{
			Name: "KOPPEL_TEMPORAL_UI_URL", Path: "temporal.ui_url",
			read: readURL(func(c *Config) *string { return &c.Temporal.UIURL }),
			Help: "Temporal's Web UI as people reach it, for links; without it pages have no links to runs",
		},
		{
			Name: "KOPPEL_LISTEN", Path: "server.listen", Default: ":8080",
			read: readAddress(func(c *Config) *string { return &c.Server.Listen }),
			Help: "where the server listens: status page, webhooks, health and metrics",
		},
		{
			Name: "KOPPEL_PUBLIC_URL", Path: "server.public_url",
			read: readURL(func(c *Config) *string { return &c.Server.PublicURL }),
			Help: "how people and tills reach the server, as https://koppel.example.nl",
		},
		{
			Name: "KOPPEL_WORKER_LISTEN", Path: "worker.listen", Default: ":8081", emptyMeans: "off",
			read: readAddress(func(c *Config) *string { return &c.Worker.Listen }),
			Help: "where a worker shows health and metrics; empty switches it off",
		},
		{
			Name: "KOPPEL_WORKER_CONCURRENCY", Path: "worker.concurrency", Default: "50",
			read: readNumber(func(c *Config) *int { return &c.Worker.Concurrency }, 1, 1000),
			Help: "activities that one worker does at the same time, for each system",
		},
		{
			Name: "KOPPEL_WORKER_STOP_TIMEOUT", Path: "worker.stop_timeout", Default: "10s", read: readStopTimeout,
			Help: "how long running activities may finish when a worker stops",
		},
		{
			Name: nameMailHost, Path: "smtp.host",
			read: readText(func(c *Config) *string { return &c.Mail.Host }),
			Help: "mail server that alerts go through; without it no e-mail is sent",
		},
		{
			Name: "KOPPEL_SMTP_PORT", Path: "smtp.port", Default: "587",
			read: readNumber(func(c *Config) *int { return &c.Mail.Port }, 1, 65535),
			Help: "port of the mail server; 465 with KOPPEL_SMTP_TLS=tls",
		},
		{
			Name: nameMailUser, Path: "smtp.user",
			read: readText(func(c *Config) *string { return &c.Mail.User }),
			Help: "user at the mail server; together with its password",
		},
		{
			Name: nameMailPassword, Path: "smtp.password", EnvOnly: true, read: readMailPassword,
			Help: "password of the user at the mail server",
		},
		{
			Name: nameMailSecurity, Path: "smtp.tls", Default: "starttls", read: readMailSecurity,
			Help: "starttls, tls (from the first byte), or none for a relay on this machine",
		},
		{
			Name: nameMailFrom, Path: "smtp.from", read: readMailFrom,
			Help: "address that alerts come from, as koppel@example.nl",
		},
		{
			Name: nameLogLevel, Path: "log.level", Default: "info", read: readLogLevel,
			Help: "debug, info, warn or error; commands other than server and worker keep to warn unless this is set",
		},
		{
			Name: nameLogFormat, Path: "log.format", Default: "json", read: readLogFormat,
			Help: "json for machines, text for people; commands write text unless this is set",
		},
	}
}
