// Package configs is what a process is told before it starts: addresses, ports,
// keys and limits. Structure may stand in a YAML file, secrets come from the
// environment, and the environment wins. What an integration does is something
// else: that is its document, in the database.
package configs

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"time"

	"github.com/koppel/koppel/internal/secret"
)

// Config is the configuration of a server or a worker.
type Config struct {
	DatabaseURL secret.Text // it holds a password
	Key         secret.Text // the master key, as 'koppel secret new-key' prints it
	Temporal    Temporal
	Server      Server
	Worker      Worker
	Mail        Mail
	Log         Log
}

// Temporal says how to reach Temporal.
type Temporal struct {
	Address    string // host:port
	Namespace  string
	TLS        bool
	CertFile   string // client certificate; with KeyFile
	KeyFile    string
	CAFile     string // who signed the server's certificate; empty: the system's list
	ServerName string // name in the server's certificate, when the address has another
	APIKey     secret.Text
	UIURL      string // address of the Web UI as people reach it; empty: no links
}

// Server is what only 'koppel server' needs.
type Server struct {
	Listen    string // host:port; an empty host means every address of the machine
	PublicURL string // how people and tills reach this server; empty: links are relative
}

// Worker is what only 'koppel worker' needs.
type Worker struct {
	Listen      string        // host:port of health and metrics; empty: none
	Concurrency int           // activities at the same time, for each system
	StopTimeout time.Duration // how long running activities may finish at a stop
}

// Mail is the server that alerts by e-mail go through.
type Mail struct {
	Host     string // empty: no e-mail is sent
	Port     int
	User     string
	Password secret.Text
	Security MailSecurity
	From     string // address that messages come from
}

// MailSecurity is how the connection to the mail server is kept private.
type MailSecurity string

const (
	// MailStartTLS begins in the clear and switches to TLS, or gives up.
	MailStartTLS MailSecurity = "starttls"
	// MailTLS speaks TLS from the first byte.
	MailTLS MailSecurity = "tls"
	// MailPlain speaks in the clear: for a relay on this machine.
	MailPlain MailSecurity = "none"
)

// Log says what is logged and how.
type Log struct {
	Level slog.Level
	JSON  bool // otherwise text for people

	LevelChosen, FormatChosen bool // somebody set them: a command keeps quiet otherwise
}

// TLSConfig is the TLS configuration for Temporal; nil without TLS. It reads the
// files, so a renewed certificate is used from the next start.
func (t Temporal) TLSConfig() (*tls.Config, error) {
	if !t.TLS {
		return nil, nil
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12, ServerName: t.ServerName}
	if t.CAFile != "" {
		pem, err := os.ReadFile(t.CAFile)
		if err != nil {
			return nil, fmt.Errorf("read the file of KOPPEL_TEMPORAL_TLS_CA_FILE: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errors.New("the file of KOPPEL_TEMPORAL_TLS_CA_FILE holds no certificate in PEM form")
		}
	}
	if t.CertFile != "" && t.KeyFile != "" {
		pair, err := tls.LoadX509KeyPair(t.CertFile, t.KeyFile)
		if err != nil {
			return nil, fmt.Errorf("read the files of KOPPEL_TEMPORAL_TLS_CERT_FILE and KOPPEL_TEMPORAL_TLS_KEY_FILE: %w", err)
		}
		config.Certificates = []tls.Certificate{pair}
	}
	return config, nil
}
