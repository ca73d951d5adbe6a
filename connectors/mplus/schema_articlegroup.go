package mplus

import (
	"slices"

	"github.com/koppel/koppel/domain"
)

// articleGroupFields are those of a new or changed article group (WSDL 67.1.3,
// NewArticleGroupRequest and UpdateArticleGroupRequest). A group at the top has
// parent 0 (inferred).
var articleGroupFields = []targetField{
	{name: "parentGroupNumber", label: "Number of the group above it", form: formCode, required: true},
	{name: "name", label: "Name", form: formText, required: true},
	{name: "text", label: "Text", form: formText, required: true},
	{name: "sortOrder", label: "Place among its sisters", form: formWhole},
}

// changedGroupFields are the same in the sequence of UpdateArticleGroupRequest.
var changedGroupFields = append(slices.Clone(articleGroupFields[1:]), articleGroupFields[0])

// CategorySchema describes what an article group may hold.
func CategorySchema(own OwnFields) domain.Schema {
	return schemaOf(domain.EntityCategory, articleGroupFields, OwnFields{Lengths: own.Lengths})
}
