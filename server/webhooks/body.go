package webhooks

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"unicode/utf8"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

// number is an order number as people and the till write it: year, dot, number
// without leading zeros.
var number = regexp.MustCompile(`^[1-9][0-9]{3}\.[1-9][0-9]{0,17}$`)

func isNumber(text string) bool { return number.MatchString(text) }

// wordsOf are the keys that the body of a flow may have.
func wordsOf(flow workflows.Flow) map[string]bool {
	if flow.FromBooks() {
		return map[string]bool{"keys": true, "full": true}
	}
	return map[string]bool{"orders": true}
}

// wantedOf reads what a delivery asks of a flow: all changes for an empty body or an
// empty object; else the records of {"orders": ["2026.123"]} or, for a flow from the
// books to the till, those of {"keys": ["1001"]}, or everything with {"full": true}.
// The error is for the sender and repeats nothing of the body.
func wantedOf(flow workflows.Flow, body []byte) (workflows.Wanted, error) {
	var want workflows.Wanted
	if len(bytes.TrimSpace(body)) == 0 {
		return want, nil
	}
	if !utf8.Valid(body) { // the reader below would mend it, and look for another record
		return want, errors.New("the body is not UTF-8")
	}
	reader := json.NewDecoder(bytes.NewReader(body))
	if start, err := reader.Token(); err != nil || start != json.Delim('{') {
		return want, errors.New("the body is not a JSON object")
	}
	words := wordsOf(flow)
	for reader.More() {
		word, err := reader.Token()
		if err != nil {
			return workflows.Wanted{}, errors.New("the body is not a JSON object")
		}
		name, _ := word.(string)
		switch left, known := words[name]; {
		case !known:
			return workflows.Wanted{}, errors.New("the body holds a key that is not known for this flow")
		case !left:
			return workflows.Wanted{}, fmt.Errorf("%q stands in the body twice", name)
		}
		words[name] = false
		if err := readWord(reader, name, &want); err != nil {
			return workflows.Wanted{}, err
		}
	}
	return want, ended(reader, &want)
}

func readWord(reader *json.Decoder, name string, want *workflows.Wanted) (err error) {
	switch name {
	case "full":
		if token, tokenErr := reader.Token(); tokenErr != nil || token != true {
			return errors.New(`"full" is not true; leave it out to have all changes read`)
		}
		want.Full = true
	case "orders":
		want.Keys, err = listOf(reader, name, "order number", isNumber)
	default:
		want.Keys, err = listOf(reader, name, "key of a record", domain.IsRecordKey)
	}
	return err
}

func ended(reader *json.Decoder, want *workflows.Wanted) (err error) {
	defer func() {
		if err != nil {
			*want = workflows.Wanted{}
		}
	}()
	if _, err := reader.Token(); err != nil {
		return errors.New("the body is not a whole JSON object")
	}
	if _, err := reader.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the JSON object in the body")
	}
	if want.Full && len(want.Keys) > 0 {
		return errors.New(`the body names records and asks for everything with "full"; one of both can be done`)
	}
	return nil
}

func listOf(reader *json.Decoder, name, what string, is func(string) bool) ([]string, error) {
	var listed []any
	if err := reader.Decode(&listed); err != nil {
		return nil, fmt.Errorf("%q is not a list of texts", name)
	}
	switch {
	case len(listed) == 0:
		return nil, fmt.Errorf("%q names nothing; leave it out to have all changes read", name)
	case len(listed) > domain.MostKeys:
		return nil, fmt.Errorf("%q names %d records; at most %d may be named", name, len(listed), domain.MostKeys)
	}
	keys := make([]string, 0, len(listed))
	seen := map[string]bool{}
	for i, item := range listed {
		text, isText := item.(string)
		if !isText || !is(text) {
			return nil, fmt.Errorf("item %d of %q is no %s", i+1, name, what)
		}
		if !seen[text] {
			seen[text] = true
			keys = append(keys, text)
		}
	}
	return keys, nil
}
