package webhooks

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// mostKeys bounds what one delivery may name.
const mostKeys = 500

// number is an order number as people and the till write it: year, dot, number
// without leading zeros.
var number = regexp.MustCompile(`^[1-9][0-9]{3}\.[1-9][0-9]{0,17}$`)

// keysOf reads which records a delivery names: none for an empty body or an
// empty object, else those of {"orders": ["2026.123"]}. The error is for the
// sender and repeats nothing of the body.
func keysOf(body []byte) ([]string, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, nil
	}
	reader := json.NewDecoder(bytes.NewReader(body))
	if start, err := reader.Token(); err != nil || start != json.Delim('{') {
		return nil, errors.New("the body is not a JSON object")
	}
	var keys []string
	named := false
	for reader.More() {
		key, err := reader.Token()
		if err != nil {
			return nil, errors.New("the body is not a JSON object")
		}
		switch {
		case key != "orders":
			return nil, errors.New(`the body holds a key that is not known; only "orders" is`)
		case named:
			return nil, errors.New(`"orders" stands in the body twice`)
		}
		named = true
		if keys, err = numbersOf(reader); err != nil {
			return nil, err
		}
	}
	if _, err := reader.Token(); err != nil {
		return nil, errors.New("the body is not a whole JSON object")
	}
	if _, err := reader.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the JSON object in the body")
	}
	return keys, nil
}

func numbersOf(reader *json.Decoder) ([]string, error) {
	var listed []any
	if err := reader.Decode(&listed); err != nil {
		return nil, errors.New(`"orders" is not a list of order numbers`)
	}
	switch {
	case len(listed) == 0:
		return nil, errors.New(`"orders" names no order; leave it out to have all changes read`)
	case len(listed) > mostKeys:
		return nil, fmt.Errorf(`"orders" names %d orders; at most %d may be named`, len(listed), mostKeys)
	}
	numbers := make([]string, 0, len(listed))
	seen := map[string]bool{}
	for i, item := range listed {
		text, isText := item.(string)
		if !isText || !number.MatchString(text) {
			return nil, fmt.Errorf(`item %d of "orders" is not an order number`, i+1)
		}
		if !seen[text] {
			seen[text] = true
			numbers = append(numbers, text)
		}
	}
	return numbers, nil
}
