package mplus

import (
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// IsLike reports whether a group stands under the parent that a draft names, with the
// name that it gives, whatever the case of its letters.
func (c *Client) IsLike(held connectors.HeldRecord, draft domain.Draft) bool {
	return c.IsUnder(held, textIn(draft.Fields, parentField)) && strings.EqualFold(textIn(held.Fields, "name"), trimmed(textIn(draft.Fields, "name")))
}

// IsUnder reports whether a group stands right under another.
func (c *Client) IsUnder(held connectors.HeldRecord, number string) bool {
	return textIn(held.Fields, parentField) == number
}

func textIn(fields []domain.Field, name string) string {
	text, _ := domain.Draft{Fields: fields}.Get(name)
	return text.Text
}
