package settings

// StockSets is what an amount of stock means to the till when it is set.
type StockSets string

// What StockSets may be.
const (
	StockSetsPhysical StockSets = "physical"
	StockSetsFree     StockSets = "free"
)

// Help says what the value means.
func (s StockSets) Help() string {
	return map[StockSets]string{
		StockSetsPhysical: "What lies on the shelf. What orders of the till reserve comes off it.",
		StockSetsFree:     "What is free to sell. What orders of the till reserve comes on top.",
	}[s]
}

// StockWrite is by which call stock is set.
type StockWrite string

// What StockWrite may be.
const (
	StockWriteAuto        StockWrite = "auto"
	StockWriteCorrections StockWrite = "corrections"
	StockWriteSetStock    StockWrite = "set_stock"
)

// Help says what the value means.
func (w StockWrite) Help() string {
	return map[StockWrite]string{
		StockWriteAuto:        "Many articles at once (saveStockCorrections); one by one where the till does not take that.",
		StockWriteCorrections: "Many articles at once, and never otherwise.",
		StockWriteSetStock:    "One by one (setStock), as older tills need it.",
	}[w]
}
