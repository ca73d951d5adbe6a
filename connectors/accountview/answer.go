package accountview

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
)

var errUnreadable = errors.New("the answer is not what the API gives")

// answer is a body of the API: rows by upper-case table name, or an error. A
// body may be an error whatever its status says.
type answer struct {
	tables  map[string][]row
	trouble *trouble
}

// trouble is the error body of the API (reference: GO client).
type trouble struct {
	kind    string // ErrorType
	message string // ErrorMessage: for people, may name them
	numbers int    // how many ErrorNumbers; null was seen too
}

// readAnswer reads a body. It accepts rows in an array or one bare row, null
// for none, and any case of the keys; what is not an object of tables is refused,
// so that a message of some relay never passes for an empty list.
func readAnswer(body []byte) (answer, error) {
	var members map[string]any
	if err := decode(body, &members); err != nil || members == nil {
		return answer{}, errUnreadable
	}
	if t := troubleIn(members); t != nil {
		return answer{trouble: t}, nil
	}
	read := answer{tables: map[string][]row{}}
	for name, value := range members {
		rows, isTable, err := rowsIn(value)
		if err != nil {
			return answer{}, err
		}
		if isTable {
			key := strings.ToUpper(name)
			read.tables[key] = append(read.tables[key], rows...)
		}
	}
	if len(members) > 0 && len(read.tables) == 0 {
		return answer{}, errUnreadable
	}
	return read, nil
}

// tells reports whether the answer speaks about the table, be it by silence: a
// missing key means no rows, but not when another key holds some.
func (a answer) tells(table string) bool {
	if _, there := a.tables[table]; there {
		return true
	}
	for _, rows := range a.tables {
		if len(rows) > 0 {
			return false
		}
	}
	return true
}

// decode reads exactly one JSON value, numbers as they are written.
func decode(body []byte, into any) error {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))))
	dec.UseNumber()
	if err := dec.Decode(into); err != nil {
		return errUnreadable
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return errUnreadable
	}
	return nil
}

func troubleIn(members map[string]any) *trouble {
	var t trouble
	found := false
	for name, value := range members {
		switch strings.ToLower(name) {
		case "errormessage":
			t.message, _ = value.(string)
			found = found || t.message != ""
		case "errortype":
			t.kind, _ = value.(string)
			found = found || t.kind != ""
		case "errornumbers":
			list, _ := value.([]any)
			t.numbers = len(list)
			found = found || t.numbers > 0
		}
	}
	if !found {
		return nil
	}
	return &t
}

func rowsIn(value any) (rows []row, isTable bool, err error) {
	switch v := value.(type) {
	case nil:
		return nil, true, nil
	case map[string]any:
		return []row{upperKeys(v)}, true, nil
	case []any:
		for _, item := range v {
			members, ok := item.(map[string]any)
			if !ok {
				return nil, false, errUnreadable
			}
			rows = append(rows, upperKeys(members))
		}
		return rows, true, nil
	default:
		return nil, false, nil
	}
}

func upperKeys(members map[string]any) row {
	r := make(row, len(members))
	for name, value := range members {
		r[strings.ToUpper(name)] = value
	}
	return r
}

// isHTML recognises the page of a relay or proxy.
func isHTML(header http.Header, body []byte) bool {
	kind, _, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err == nil && strings.Contains(kind, "html") {
		return true
	}
	return bytes.HasPrefix(bytes.TrimLeft(body, "\ufeff \t\r\n"), []byte("<"))
}
