package domain

import (
	"encoding/json"
	"fmt"
	"strings"
)

// WaitKey is something that a parked record waits for: an article, a row of a
// lookup table, the sale that a credit takes back, another document. It holds
// business keys only.
type WaitKey string

// WaitKind is what kind of thing a record waits for.
type WaitKind string

// What a record can wait for.
const (
	WaitProduct  WaitKind = "article"
	WaitRow      WaitKind = "row"
	WaitCredited WaitKind = "credits"
	// WaitDocument: any later version of the document may be what it needs.
	WaitDocument WaitKind = "document"
)

// WaitForDocument is the key of what waits for a change of the document.
const WaitForDocument = WaitKey(WaitDocument)

// WaitForProduct is the key of an article that the books do not have yet.
func WaitForProduct(sku string) WaitKey { return WaitKey(string(WaitProduct) + ":" + sku) }

// WaitForCredited is the key of a sale that must stand in the books first.
func WaitForCredited(id OrderID) WaitKey { return WaitKey(string(WaitCredited) + ":" + string(id)) }

// WaitForRow is the key of a row that a lookup table lacks.
func WaitForRow(table string, key LookupKey) WaitKey {
	text, err := json.Marshal([]string(key))
	if err != nil { // texts can always be written
		return WaitForDocument
	}
	return WaitKey(string(WaitRow) + ":" + table + ":" + string(text))
}

// Kind is what kind of thing is waited for.
func (k WaitKey) Kind() WaitKind {
	kind, _, _ := strings.Cut(string(k), ":")
	return WaitKind(kind)
}

// About is which article or sale is waited for.
func (k WaitKey) About() string {
	_, about, _ := strings.Cut(string(k), ":")
	return about
}

// Row is which row of which table is waited for; false when it is no row.
func (k WaitKey) Row() (table string, key LookupKey, ok bool) {
	if k.Kind() != WaitRow {
		return "", nil, false
	}
	table, text, _ := strings.Cut(k.About(), ":")
	if json.Unmarshal([]byte(text), (*[]string)(&key)) != nil {
		return "", nil, false
	}
	return table, key, true
}

// Words say what is waited for, as a person would have to bring it about.
func (k WaitKey) Words() string {
	if table, key, ok := k.Row(); ok {
		return fmt.Sprintf("a row for %s in the lookup table %s", strings.Join(key, ", "), table)
	}
	switch k.Kind() {
	case WaitProduct:
		return "article " + k.About() + " in AccountView"
	case WaitCredited:
		return "the sale that it takes back, in AccountView"
	default:
		return "another version of the document"
	}
}
