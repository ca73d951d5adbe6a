package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Entity is a kind of record that both systems have under names of their own.
type Entity string

const (
	// EntityCustomer is a customer: a relation at the till, a debtor in the books.
	EntityCustomer Entity = "customer"
	// EntityDeliveryAddress is a customer's delivery address.
	EntityDeliveryAddress Entity = "delivery_address"
	// EntityOrder is a sales order.
	EntityOrder Entity = "order"
	// EntityOrderLine is a line of a sales order.
	EntityOrderLine Entity = "order_line"
	// EntityJournal is a page of a daybook: an invoice, or a day's total.
	EntityJournal Entity = "journal"
	// EntityJournalLine is a line of such a page. Its amounts are positive for what
	// is credited, as what is sold, and negative for what is debited.
	EntityJournalLine Entity = "journal_line"
	// EntityProduct is what is sold, stocked and priced.
	EntityProduct Entity = "product"
	// EntityRelation is a customer at the till, as the books have it.
	EntityRelation Entity = "relation"
	// EntityCategory is a group of products.
	EntityCategory Entity = "category"
	// EntityStock is how much there is of a product.
	EntityStock Entity = "stock"
	// EntityPrice is a price or discount that does not hold for everybody.
	EntityPrice Entity = "price"
)

// Draft is a record about to be written, in the target's own field names. What
// the fields are called and how they are filled is mapping data; no Go code
// outside a connector's wire files knows a target's field name.
type Draft struct {
	Entity Entity
	Key    string // business key for people and logs: an order number, a debtor number
	Fields []Field
	Lines  []Draft // detail rows, in order
}

// Field is one named value of a draft or of a record read back.
type Field struct {
	Name  string
	Value Value
}

// Get finds a field's value by name.
func (d Draft) Get(name string) (Value, bool) {
	for _, f := range d.Fields {
		if f.Name == name {
			return f.Value, true
		}
	}
	return Value{}, false
}

// Hash identifies the content of the draft: equal drafts write the same record.
func (d Draft) Hash() string {
	encoded, err := json.Marshal(d)
	if err != nil { // only unsupported types fail, and Draft has none
		return ""
	}
	sum := sha256.Sum256(encoded)
	return hex.EncodeToString(sum[:])
}
