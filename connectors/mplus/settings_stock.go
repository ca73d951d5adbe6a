package mplus

import "sync/atomic"

// StockSets is what an amount of stock sets.
type StockSets string

// What StockSets may be.
const (
	StockSetsPhysical StockSets = "physical" // what lies there; what is free follows
	StockSetsFree     StockSets = "free"     // what is free to sell
)

// StockWrite is by which call stock is set.
type StockWrite string

// What StockWrite may be.
const (
	StockWriteAuto        StockWrite = "auto"        // in bulk, and one by one where the till does not take that
	StockWriteCorrections StockWrite = "corrections" // in bulk
	StockWriteSetStock    StockWrite = "set_stock"   // one by one
)

// stockCalls remembers that the till does not know how to set stock in bulk.
type stockCalls struct{ single atomic.Bool }
