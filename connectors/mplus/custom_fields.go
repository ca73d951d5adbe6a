package mplus

import "context"

// CustomField is a field that the shop made itself.
type CustomField struct {
	Of       string // "relation" or "article"
	Name     string
	Type     string // in the till's words: DATA-TYPE-STRING, DATA-TYPE-INT, ...
	Required bool
}

// CustomFields reads which fields the shop made on customers and articles.
func (c *Client) CustomFields(ctx context.Context) ([]CustomField, error) {
	var w getCustomFieldListsResponse
	if err := c.ask(ctx, opGetCustomFields, nil, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	var fields []CustomField
	for _, list := range []struct {
		of     string
		fields []customField
	}{{ofRelation, w.RelationCustomFields}, {ofArticle, w.ArticleCustomFields}} {
		for _, f := range list.fields {
			fields = append(fields, CustomField{
				Of: list.of, Name: trimmed(f.FieldName), Type: trimmed(string(f.DataType)), Required: r.yes("isRequired", f.IsRequired, false),
			})
		}
	}
	return fields, r.asAnswer(opGetCustomFields)
}
