package configs

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/internal/secret"
)

// The readers below turn text into a field of Config. What they say of a wrong
// value never repeats it: people paste secrets into the wrong variable.

func readText(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, value string) error {
		*field(c) = value
		return nil
	}
}

func readAddress(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, value string) error {
		if value != "" {
			_, port, err := net.SplitHostPort(value)
			if n, portErr := strconv.ParseUint(port, 10, 16); err != nil || portErr != nil || n == 0 && !strings.HasSuffix(value, ":0") {
				return errors.New("must be host:port, such as 127.0.0.1:8080 or :8080")
			}
		}
		*field(c) = value
		return nil
	}
}

func readURL(field func(*Config) *string) func(*Config, string) error {
	return func(c *Config, value string) error {
		u, err := url.Parse(value)
		if err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return errors.New("must be an address such as https://koppel.example.nl, without user, query or fragment")
		}
		*field(c) = strings.TrimRight(value, "/")
		return nil
	}
}

func readNumber(field func(*Config) *int, least, most int) func(*Config, string) error {
	return func(c *Config, value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < least || n > most {
			return fmt.Errorf("must be a whole number from %d to %d", least, most)
		}
		*field(c) = n
		return nil
	}
}

func readTLS(c *Config, value string) error {
	on, err := strconv.ParseBool(value)
	if err != nil {
		return errors.New("must be true or false")
	}
	c.Temporal.TLS = on
	return nil
}

func readStopTimeout(c *Config, value string) error {
	d, err := time.ParseDuration(value)
	if err != nil || d < time.Second || d > time.Hour {
		return errors.New("must be a length of time from 1s to 1h, such as 10s")
	}
	c.Worker.StopTimeout = d
	return nil
}

func readMailPassword(c *Config, value string) error {
	c.Mail.Password = secret.Text(value)
	return nil
}

func readMailSecurity(c *Config, value string) error {
	c.Mail.Security = MailSecurity(strings.ToLower(value))
	switch c.Mail.Security {
	case MailStartTLS, MailTLS, MailPlain:
		return nil
	default:
		return errors.New("must be starttls, tls or none")
	}
}

func readMailFrom(c *Config, value string) error {
	address, err := mail.ParseAddress(value)
	if err != nil || address.Address != value {
		return errors.New("must be a bare e-mail address such as koppel@example.nl")
	}
	c.Mail.From = value
	return nil
}

func readLogLevel(c *Config, value string) error {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[strings.ToLower(value)]
	if !ok {
		return errors.New("must be debug, info, warn or error")
	}
	c.Log.Level = level
	return nil
}

func readLogFormat(c *Config, value string) error {
	if value != "json" && value != "text" {
		return errors.New("must be json or text")
	}
	c.Log.JSON = value == "json"
	return nil
}

func readDatabaseURL(c *Config, value string) error {
	if _, err := pgxpool.ParseConfig(value); err != nil {
		return errors.New("cannot be read: write postgres://user:password@host:5432/name") // the error would show the password
	}
	c.DatabaseURL = secret.Text(value)
	return nil
}

func readKey(c *Config, value string) error {
	if _, err := secret.OpenBox(secret.Text(value)); err != nil {
		return err
	}
	c.Key = secret.Text(strings.TrimSpace(value))
	return nil
}

func readKeyFile(c *Config, value string) error {
	text, err := os.ReadFile(value)
	if err != nil {
		return fmt.Errorf("cannot be read: %w", err)
	}
	return readKey(c, string(text))
}

func readAPIKey(c *Config, value string) error {
	c.Temporal.APIKey = secret.Text(strings.TrimSpace(value))
	return nil
}
