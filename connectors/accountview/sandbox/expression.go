package sandbox

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// condition is a FoxPro expression of the parameter Filter, in a small part of the language. Clients use EMPTY(x),
// x = 'text', x = number, x <> either, AND, OR, NOT or !, and parentheses. By the language, and not seen in a client, are a
// logical column by itself, UPPER(x), and INLIST(x, ...) with at most 24 values.
type condition interface {
	holds(b *books, r row, o *Options) bool
}

type (
	both   struct{ left, right condition }
	either struct{ left, right condition }
	not    struct{ of condition }
	empty  struct{ of field }
	equals struct {
		of    operand
		value string
	}
	truth struct{ of field }
)

// operand is a column, or its text in capitals.
type operand struct {
	field
	upper bool
}

// mostListed is how many values INLIST takes.
const mostListed = 24

func (c both) holds(b *books, r row, o *Options) bool {
	return c.left.holds(b, r, o) && c.right.holds(b, r, o)
}

func (c either) holds(b *books, r row, o *Options) bool {
	return c.left.holds(b, r, o) || c.right.holds(b, r, o)
}

func (c not) holds(b *books, r row, o *Options) bool { return !c.of.holds(b, r, o) }

func (c empty) holds(b *books, r row, _ *Options) bool {
	value := c.of.of(b, r)
	switch column := c.of.column; {
	case column.isNumber(), column.Type == integer:
		return decimalOf(value).IsZero()
	case column.Type == logical:
		return value != "true"
	default:
		return strings.TrimSpace(value) == ""
	}
}

func (c equals) holds(b *books, r row, o *Options) bool {
	stored := c.of.of(b, r)
	if c.of.upper {
		stored = upper(stored)
	}
	return equal(c.of.column, stored, c.value, o)
}

func (c truth) holds(b *books, r row, _ *Options) bool { return c.of.of(b, r) == "true" }

const (
	longestExpression = 2000
	deepestExpression = 50
)

// readExpression understands the whole text or refuses it.
func (q *query) readExpression(written string) (condition, error) {
	if len(written) > longestExpression {
		return nil, invalid(badRequest, "De filterexpressie is te lang.")
	}
	tokens, err := tokenize(written)
	if err != nil {
		return nil, err
	}
	reader := &expressionReader{query: q, tokens: tokens}
	c, err := reader.readOr()
	if err != nil {
		return nil, err
	}
	if reader.at < len(tokens) {
		return nil, badExpression(reader.tokens[reader.at].text)
	}
	return c, nil
}

func badExpression(near string) error {
	return invalid(badRequest, "De filterexpressie kan niet worden gelezen bij '%s'.", cutAt(near, 40))
}

type token struct {
	kind byte // n name, s string, d digits, p punctuation
	text string
}

func tokenize(written string) ([]token, error) {
	var tokens []token
	for rest := strings.TrimSpace(written); rest != ""; rest = strings.TrimSpace(rest) {
		first, size := utf8.DecodeRuneInString(rest)
		switch {
		case first == '\'' || first == '"':
			end := strings.IndexRune(rest[1:], first)
			if end < 0 {
				return nil, badExpression(rest)
			}
			tokens = append(tokens, token{'s', rest[1 : end+1]})
			rest = rest[end+2:]
		case strings.HasPrefix(rest, "<>") || strings.HasPrefix(rest, "!="):
			tokens = append(tokens, token{'p', "<>"})
			rest = rest[2:]
		case first == '[':
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return nil, badExpression(rest)
			}
			tokens = append(tokens, token{'s', rest[1:end]})
			rest = rest[end+1:]
		case strings.ContainsRune("()=!,", first):
			tokens = append(tokens, token{'p', rest[:1]})
			rest = rest[1:]
		case first == '-' || unicode.IsDigit(first):
			end := wordEnd(rest[size:], func(r rune) bool { return unicode.IsDigit(r) || r == '.' }) + size
			tokens = append(tokens, token{'d', rest[:end]})
			rest = rest[end:]
		case unicode.IsLetter(first):
			end := wordEnd(rest, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '.' })
			tokens = append(tokens, token{'n', rest[:end]})
			rest = rest[end:]
		default:
			return nil, badExpression(rest)
		}
	}
	return tokens, nil
}

func wordEnd(s string, part func(rune) bool) int {
	for i, r := range s {
		if !part(r) {
			return i
		}
	}
	return len(s)
}
