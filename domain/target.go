package domain

// Target is what a sale becomes in the books.
type Target string

const (
	// TargetSalesOrder is a sales order, which the books deliver and invoice.
	TargetSalesOrder Target = "sales_order"
	// TargetJournal is an invoice as a page of a sales daybook.
	TargetJournal Target = "journal"
	// TargetDayTotal is a share in the one page of its branch and financial day.
	TargetDayTotal Target = "day_total"
	// TargetNone keeps the sale out of the books.
	TargetNone Target = "none"
)

// Targets lists them.
func Targets() []Target {
	return []Target{TargetSalesOrder, TargetJournal, TargetDayTotal, TargetNone}
}

// Help says what the value means.
func (t Target) Help() string {
	return map[Target]string{
		TargetSalesOrder: "A sales order (verkooporder), which the books deliver and invoice.",
		TargetJournal:    "An invoice that is booked: a page (dagboekbladzijde) of a sales daybook (verkoopboek).",
		TargetDayTotal:   "A share in the one page of its branch and financial day.",
		TargetNone:       "It stays out of the books, and is told as skipped.",
	}[t]
}
