package domain

// TillSales says until when a sale of the till comes off the stock of the books.
type TillSales string

const (
	// TillSalesNotBooked counts a sale until it stands in the books.
	TillSalesNotBooked TillSales = "not_booked"
	// TillSalesNotProcessed counts a sale until the books have delivered it.
	TillSalesNotProcessed TillSales = "not_processed"
	// TillSalesNone counts no sale.
	TillSalesNone TillSales = "none"
)

// Help says what the value means.
func (t TillSales) Help() string {
	return map[TillSales]string{
		TillSalesNotBooked:    "Until it stands in the books as a sales order (verkooporder). For formulas that take reservations off.",
		TillSalesNotProcessed: "Until the books have processed that order, and their stock fell. For formulas that take no reservations off.",
		TillSalesNone:         "Never. What was sold shows again at the till until the books know of it.",
	}[t]
}

// StockFigure is a figure of the till.
type StockFigure string

const (
	// StockFree is what is free to sell.
	StockFree StockFigure = "free"
	// StockPhysical is what lies on the shelf.
	StockPhysical StockFigure = "physical"
)

// Help says what the value means.
func (f StockFigure) Help() string {
	return map[StockFigure]string{
		StockFree:     "What is free to sell (vrije voorraad). What orders of the till reserve lies on the shelf besides.",
		StockPhysical: "What lies on the shelf (technische voorraad). The till takes its own orders off it.",
	}[f]
}

// NoStockArticle says what happens to an article of which the till keeps no stock.
type NoStockArticle string

const (
	// NoStockLeave leaves it so.
	NoStockLeave NoStockArticle = "leave"
	// NoStockKeep makes the till keep stock of it.
	NoStockKeep NoStockArticle = "keep"
)

// Help says what the value means.
func (n NoStockArticle) Help() string {
	return map[NoStockArticle]string{
		NoStockLeave: "It is left so, and told.",
		NoStockKeep:  "The till is made to keep stock of it (voorraadartikel).",
	}[n]
}

// StockGone says what happens to the stock of an article that the books no longer have.
type StockGone string

const (
	// StockGoneReport leaves it, and tells.
	StockGoneReport StockGone = "report"
	// StockGoneEmpty makes it nothing.
	StockGoneEmpty StockGone = "empty"
)

// Help says what the value means.
func (g StockGone) Help() string {
	return map[StockGone]string{
		StockGoneReport: "Nothing: they are told.",
		StockGoneEmpty:  "There is none of them any more.",
	}[g]
}
