package mplus

import (
	"context"
	"strings"
	"sync"

	"github.com/koppel/koppel/internal/fault"
)

// card is a kind of record that the till keeps as a card, with fields that the
// retailer may add to.
type card struct {
	kind   string // in the till's words
	of     string // of CustomField.Of
	fields []targetField
}

var articleCard = card{kind: "PRODUCT", of: ofArticle, fields: articleFields}

// ownFields remembers, by kind of card, what this administration says of its fields.
type ownFields struct {
	mu    sync.Mutex
	known map[string]OwnFields
}

// OwnFields reads which fields the retailer made on articles, and how long the
// fields may be. It asks the till once.
func (c *Client) OwnFields(ctx context.Context) (OwnFields, error) {
	return c.ownFieldsOf(ctx, articleCard)
}

func (c *Client) ownFieldsOf(ctx context.Context, of card) (OwnFields, error) {
	c.own.mu.Lock()
	defer c.own.mu.Unlock()
	if own, known := c.own.known[of.kind]; known {
		return own, nil
	}
	if err := c.checkProtocol(ctx); err != nil {
		return OwnFields{}, err
	}
	custom, err := c.CustomFields(ctx)
	if err != nil {
		return OwnFields{}, err
	}
	own := OwnFields{Custom: custom}
	if own.Lengths, err = c.lengths(ctx, of, custom); err != nil {
		return OwnFields{}, err
	}
	if c.own.known == nil {
		c.own.known = map[string]OwnFields{}
	}
	c.own.known[of.kind] = own
	return own, nil
}

// lengths reads how many characters the fields of a card take. A till that does not
// let us read them, or is too old to tell, has no lengths that we know.
// ASSUMED: the list names fields as the schema does, whatever the case, and those of
// the retailer as he did. Ask: what are the names in getOverviewFields?
func (c *Client) lengths(ctx context.Context, of card, custom []CustomField) (map[string]int, error) {
	var w getOverviewFieldsResponse
	err := c.ask(ctx, opGetOverviewFields, getOverviewFields{Request: getOverviewFieldsRequest{CardType: of.kind}}, &w)
	if f, ok := fault.As(err); ok && f.Kind == fault.Misconfigured && f.Code == "till_refused_request" {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	told := map[string]int{}
	for _, field := range w.Fields {
		const longest = 1 << 20 // more is no limit
		if length, err := field.CharMaxLength.parse(); err == nil && length > 0 && length < longest {
			told[strings.ToLower(trimmed(field.Name))] = int(length)
		}
	}
	lengths := map[string]int{}
	for _, f := range of.fields {
		if length, known := told[strings.ToLower(f.name)]; known && f.form == formText {
			lengths[f.name] = length
		}
	}
	for _, f := range custom {
		if length, known := told[strings.ToLower(f.Name)]; known && f.Of == of.of {
			lengths[CustomPrefix+f.Name] = length
		}
	}
	return lengths, nil
}
