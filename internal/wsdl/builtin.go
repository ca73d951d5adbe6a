package wsdl

import (
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// builtins tells for each supported simple type whether a text is a value of it. White space around a value does not
// count, except in a string (XML Schema part 2, whiteSpace facet).
var builtins = map[string]func(text string) bool{
	"string":        func(string) bool { return true },
	"boolean":       func(s string) bool { return s == "true" || s == "false" || s == "1" || s == "0" },
	"decimal":       regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)$`).MatchString,
	"int":           signed(32),
	"long":          signed(64),
	"short":         signed(16),
	"unsignedByte":  unsigned(8),
	"unsignedShort": unsigned(16),
	"unsignedInt":   unsigned(32),
	"unsignedLong":  unsigned(64),
	"date":          isDate,
	"dateTime":      isDateTime,
	"base64":        isBase64,
	"base64Binary":  isBase64,
}

var (
	wholeNumber = regexp.MustCompile(`^[+-]?\d+$`)
	zone        = regexp.MustCompile(`(Z|[+-]\d{2}:\d{2})$`)
)

func signed(bits int) func(string) bool {
	return func(s string) bool {
		_, err := strconv.ParseInt(s, 10, bits)
		return err == nil && wholeNumber.MatchString(s)
	}
}

func unsigned(bits int) func(string) bool {
	return func(s string) bool {
		_, err := strconv.ParseUint(strings.TrimPrefix(s, "+"), 10, bits)
		return err == nil && wholeNumber.MatchString(s)
	}
}

// isDate takes a date with or without a zone.
func isDate(s string) bool {
	if len(s) > len(time.DateOnly) {
		s = zone.ReplaceAllString(s, "")
	}
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func isDateTime(s string) bool {
	if strings.Contains(s, ",") { // Go takes a comma before fractions, XML Schema does not
		return false
	}
	_, err := time.Parse("2006-01-02T15:04:05.999999999", zone.ReplaceAllString(s, ""))
	return err == nil
}

func isBase64(s string) bool {
	s = strings.Join(strings.Fields(s), "")
	_, err := base64.StdEncoding.DecodeString(s)
	return err == nil
}
