package telemetry

import (
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"regexp"
	"strings"
)

// Scrub keeps out of the log what must not be there, whoever logs it: secrets,
// attributes that are named after personal data, users and queries of URLs, and
// whole values such as orders and settings, of which only the type is shown.
func Scrub(next slog.Handler) slog.Handler { return scrubber{next} }

type scrubber struct{ next slog.Handler }

func (s scrubber) Enabled(ctx context.Context, level slog.Level) bool {
	return s.next.Enabled(ctx, level)
}

func (s scrubber) Handle(ctx context.Context, line slog.Record) error {
	clean := slog.NewRecord(line.Time, line.Level, scrubText(line.Message), line.PC)
	line.Attrs(func(a slog.Attr) bool {
		if a, keep := scrubAttr(a); keep {
			clean.AddAttrs(a)
		}
		return true
	})
	return s.next.Handle(ctx, clean)
}

func (s scrubber) WithAttrs(attrs []slog.Attr) slog.Handler {
	return scrubber{s.next.WithAttrs(scrubAttrs(attrs))}
}

func (s scrubber) WithGroup(name string) slog.Handler { return scrubber{s.next.WithGroup(name)} }

// dangerous are the attributes that are dropped whatever they hold. A key is
// compared in lower case without separators.
var dangerous = map[string]bool{
	"password": true, "passwd": true, "secret": true, "clientsecret": true, "webhooksecret": true, "key": true, "apikey": true,
	"token": true, "accesstoken": true, "refreshtoken": true, "authorization": true, "cookie": true, "setcookie": true,
	"signature": true, "ident": true, "credentials": true, "dsn": true, "databaseurl": true,
	"body": true, "request": true, "response": true, "payload": true, "raw": true, "detail": true, "query": true, "header": true, "headers": true,
	"email": true, "emailaddress": true, "phone": true, "telephone": true, "mobile": true, "street": true, "postcode": true, "zipcode": true,
	"city": true, "iban": true, "birthdate": true, "firstname": true, "lastname": true, "customername": true, "contact": true,
	"customer": true, "order": true, "settings": true, "config": true, "document": true,
}

var separators = strings.NewReplacer("_", "", "-", "", ".", "", " ", "")

func scrubAttrs(attrs []slog.Attr) []slog.Attr {
	clean := make([]slog.Attr, 0, len(attrs))
	for _, a := range attrs {
		if a, keep := scrubAttr(a); keep {
			clean = append(clean, a)
		}
	}
	return clean
}

func scrubAttr(a slog.Attr) (slog.Attr, bool) {
	if dangerous[separators.Replace(strings.ToLower(a.Key))] && !isNumber(a.Value) {
		return a, false
	}
	return slog.Attr{Key: a.Key, Value: scrubValue(a.Value)}, true
}

// isNumber lets counts and versions through under any name: "document": 3.
func isNumber(v slog.Value) bool {
	switch v.Kind() {
	case slog.KindInt64, slog.KindUint64, slog.KindFloat64, slog.KindBool, slog.KindDuration, slog.KindTime:
		return true
	default:
		return false
	}
}

func scrubValue(v slog.Value) slog.Value {
	v = v.Resolve()
	switch v.Kind() {
	case slog.KindString:
		return slog.StringValue(scrubText(v.String()))
	case slog.KindGroup:
		return slog.GroupValue(scrubAttrs(v.Group())...)
	case slog.KindAny:
		return scrubAny(v.Any())
	default:
		return v
	}
}

// scrubAny shows errors, plain values and lists of them; of anything else only
// the type, because nobody can say what it holds.
func scrubAny(value any) slog.Value {
	switch value := value.(type) {
	case nil:
		return slog.AnyValue(nil)
	case error:
		return slog.StringValue(scrubText(textOf(value.Error)))
	case fmt.Stringer:
		return slog.StringValue(scrubText(textOf(value.String)))
	}
	v := reflect.ValueOf(value)
	if isPlain(v.Kind()) {
		return slog.StringValue(scrubText(fmt.Sprint(value)))
	}
	if (v.Kind() == reflect.Slice || v.Kind() == reflect.Array) && v.Type().Elem().Kind() != reflect.Uint8 && isPlain(v.Type().Elem().Kind()) {
		return slog.StringValue(scrubText(fmt.Sprint(value)))
	}
	return slog.StringValue("[" + v.Type().String() + "]")
}

func isPlain(k reflect.Kind) bool {
	return k == reflect.String || k == reflect.Bool || k >= reflect.Int && k <= reflect.Float64
}

// textOf survives the method of a nil pointer: a log line must never break work.
func textOf(method func() string) (text string) {
	defer func() {
		if recover() != nil {
			text = "[no text]"
		}
	}()
	return method()
}

var (
	urlUser  = regexp.MustCompile(`([a-zA-Z][a-zA-Z0-9+.-]*://)[^\s/?#"'<>]*@`)
	urlQuery = regexp.MustCompile(`([a-zA-Z][a-zA-Z0-9+.-]*://[^\s?"'<>]*)\?[^\s"'<>]*`)
	bearer   = regexp.MustCompile(`(?i)\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}`)
	apiToken = regexp.MustCompile(`\b(koppel_[0-9]+_)[0-9A-Za-z]{20,}`) // the number says which token it is
	email    = regexp.MustCompile(`[a-zA-Z0-9._%+-]+@[a-zA-Z0-9-]+(\.[a-zA-Z0-9-]+)+`)
)

func scrubText(text string) string {
	if strings.Contains(text, "://") {
		text = urlUser.ReplaceAllString(text, "${1}[hidden]@")
		text = urlQuery.ReplaceAllString(text, "${1}?[hidden]")
	}
	if strings.Contains(text, "@") {
		text = email.ReplaceAllString(text, "[e-mail]")
	}
	if strings.Contains(text, "koppel_") {
		text = apiToken.ReplaceAllString(text, "${1}[hidden]")
	}
	return bearer.ReplaceAllString(text, "$1 [hidden]")
}
