package domain

// MappedEntities are the kinds of record that a document maps, in the order in
// which it names them.
func MappedEntities() []Entity {
	return []Entity{EntityCustomer, EntityDeliveryAddress, EntityOrder, EntityOrderLine, EntityJournal, EntityJournalLine, EntityProduct, EntityCategory, EntityRelation, EntityStock, EntityPrice}
}
