package settings

import (
	"errors"
	"strings"
	"time"
)

// Duration is a length of time, written as "30s", "15m" or "72h".
type Duration time.Duration

// Std gives the standard library's duration.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// String writes the duration without units that are zero: "72h", not "72h0m0s".
func (d Duration) String() string {
	text := time.Duration(d).String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// MarshalText writes the duration as String does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads "30s", "1h30m" and the like; a unit is required.
func (d *Duration) UnmarshalText(text []byte) error {
	parsed, err := time.ParseDuration(string(text))
	if err != nil {
		return errors.New(`must be a duration such as "30s", "15m" or "72h"`)
	}
	*d = Duration(parsed)
	return nil
}
