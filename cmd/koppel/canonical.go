package main

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

// canonical writes an order one value a line, each under the name by which an
// expression of the document calls it; what no expression can name, in words.
// Lines are counted as the books' are: from 1, and only those that sell something.
// What holds nothing is left out.
func canonical(o domain.Order) []string {
	c := &canonicalOrder{names: map[string]bool{}}
	for _, entity := range []domain.Entity{domain.EntityOrder, domain.EntityOrderLine} {
		for _, field := range mapping.SourceFields(entity) {
			c.names[field.Path] = true
		}
	}
	customer, lines, groups := o.Customer, o.Lines, o.VATGroups
	o.Customer, o.Lines, o.VATGroups = domain.Customer{}, nil, nil
	c.add("order", reflect.ValueOf(o))
	c.add("customer", reflect.ValueOf(customer))
	number := 0
	for _, line := range lines {
		c.before = "other line "
		if line.Sells() {
			number++
			c.before = fmt.Sprintf("line %d ", number)
		}
		c.add("line", reflect.ValueOf(line))
	}
	for _, group := range groups {
		c.before = "VAT group " + group.Code + " "
		group.Code = ""
		c.add("", reflect.ValueOf(group))
	}
	return c.told
}

// canonicalOrder gathers what is told of an order.
type canonicalOrder struct {
	names  map[string]bool // that expressions can say
	before string          // which line or group it is
	told   []string
}

func (c *canonicalOrder) add(path string, v reflect.Value) {
	if v.IsZero() {
		return
	}
	switch of := v.Interface().(type) {
	case decimal.Decimal:
		if !of.IsZero() {
			c.tell(path, amount(path, of))
		}
		return
	case domain.Date:
		c.tell(path, of.String())
		return
	case time.Time:
		c.tell(path, of.Format(time.RFC3339))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			c.add(strings.TrimPrefix(path+"."+snake(v.Type().Field(i).Name), "."), v.Field(i))
		}
	case reflect.Map:
		custom, _ := v.Interface().(map[string]string)
		for _, name := range slices.Sorted(maps.Keys(custom)) {
			c.told = append(c.told, fmt.Sprintf("%s['%s']: %s", path, name, custom[name]))
		}
	default:
		c.tell(path, fmt.Sprint(v.Interface()))
	}
}

func (c *canonicalOrder) tell(path, value string) {
	name := path
	if at := strings.Replace(path, "customer.address.", "customer.", 1); at != path && !strings.HasSuffix(path, ".name") && !strings.HasSuffix(path, ".company") && !strings.HasSuffix(path, ".contact") {
		name = at // a customer's place is the customer's own, in an expression
	}
	if !c.names[name] {
		name = strings.NewReplacer("_", " ", ".", " ").Replace(strings.TrimPrefix(name, "order."))
	}
	c.told = append(c.told, c.before+strings.TrimPrefix(name, "line.")+": "+value)
}

// amount writes euros with two decimals at least, and other numbers as they are.
func amount(path string, of decimal.Decimal) string {
	name := path[strings.LastIndex(path, ".")+1:]
	if name == "percent" || name == "vat_percent" || name == "quantity" || !of.Equal(of.Round(2)) {
		return of.String()
	}
	return of.StringFixed(2)
}

// snake writes a name of ours as documents do: UnitPriceIncl as unit_price_incl.
func snake(name string) string {
	var out strings.Builder
	letters := []rune(name)
	for i, r := range letters {
		begins := i > 0 && unicode.IsUpper(r) && (unicode.IsLower(letters[i-1]) || i+1 < len(letters) && unicode.IsLower(letters[i+1]))
		if begins {
			out.WriteByte('_')
		}
		out.WriteRune(unicode.ToLower(r))
	}
	return out.String()
}

// canonicalDebtor tells what is known of a debtor, by the names that expressions say.
func canonicalDebtor(d domain.Debtor) []string {
	c := &canonicalOrder{names: map[string]bool{}}
	for _, field := range mapping.SourceFields(domain.EntityRelation) {
		c.names[field.Path] = true
	}
	address := d.Address
	d.Address = domain.Address{}
	c.add("debtor", reflect.ValueOf(d))
	c.add("debtor", reflect.ValueOf(address))
	return c.told
}
