package mapping

import (
	"reflect"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// SourceField is a name that an expression can say.
type SourceField struct {
	Path string // as it is written: "customer.city"; "order.lines[].sku" for a field of an item
	Type string // in the words of the documentation: "text", "number", "date", ...
	Help string
}

// scopes are what expressions see, by where they stand.
var scopes = map[domain.Entity]any{
	domain.EntityCustomer: customerScope{}, domain.EntityDeliveryAddress: addressScope{}, domain.EntityOrder: orderScope{},
	domain.EntityOrderLine: lineScope{}, domain.EntityJournal: orderScope{},
	domain.EntityJournalLine: journalLineScope{}, domain.EntityProduct: productScope{}, domain.EntityCategory: categoryScope{},
	domain.EntityStock: stockScope{}, domain.EntityPrice: priceScope{}, domain.EntityRelation: debtorScope{}, entityFilter: filterScope{},
}

// SourceFields lists what an expression of an entity can name, and, for
// FilterPath, what the filter can.
func SourceFields(entity domain.Entity) []SourceField {
	scope, ok := scopes[entity]
	if !ok {
		return nil
	}
	var fields []SourceField
	listFields("", reflect.TypeOf(scope), &fields)
	return fields
}

func listFields(prefix string, t reflect.Type, into *[]SourceField) {
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("expr")
		if name == runName || name == "" {
			continue
		}
		inner, kind := f.Type, fieldType(f.Type)
		path := prefix + name
		*into = append(*into, SourceField{Path: path, Type: kind, Help: f.Tag.Get("help")})
		if kind == "list" {
			path, inner = path+"[]", inner.Elem()
		}
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && strings.HasSuffix(inner.Name(), "Source") {
			listFields(path+".", inner, into)
		}
	}
}

// fieldType words a type for people.
func fieldType(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[decimal.Decimal]() || t.Kind() == reflect.Int:
		return "number"
	case t == reflect.TypeFor[domain.Date]():
		return "date"
	case t.Kind() == reflect.Bool:
		return "true or false"
	case t.Kind() == reflect.Slice:
		return "list"
	case t.Kind() == reflect.Map:
		return "texts by name"
	case t.Kind() == reflect.Pointer || t.Kind() == reflect.Struct:
		return "record"
	default:
		return "text"
	}
}
