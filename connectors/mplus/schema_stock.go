package mplus

import "github.com/koppel/koppel/domain"

// stockFields are those of SetStockRequest that come from a stock level (WSDL
// 67.1.3). The branch is not among them: whoever writes chooses it.
var stockFields = []targetField{
	{name: "articleNumber", label: "Article number", form: formNumber, required: true, fixed: true},
	{name: "amount", label: "Stock", form: formQuantity, required: true},
}

// StockSchema describes what a stock level may hold.
func StockSchema() domain.Schema { return schemaOf(domain.EntityStock, stockFields, OwnFields{}) }
