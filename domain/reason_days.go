package domain

// dayReasons explain why the total of a day cannot be booked.
var dayReasons = map[string]Reason{
	"day_vat_method": {Words: "A receipt that counts in the day's total was sold without VAT of its own (shifted or none), which a total cannot hold. The receipt is shown here.", Fix: "Let such receipts go to the books by themselves: a row of the lookup table target that says journal for them. Or correct the receipt at the till; the day is then added up again by itself."},
	"day_unpaid":     {Words: "What was paid on this day is not what was sold: a receipt is not paid, or is paid twice.", Fix: "Settle the receipt at the till, on the same financial day. The day is then added up again by itself."},
	"day_uncounted":  {Words: "A drawer of this branch is still being counted, so the differences of the day are not known.", Fix: "Finish the count (kastelling) at the till. The day is then added up again by itself."},
	"cash_unnamed":   {Words: "Money was put into a drawer or taken out of it on this day, and the document names no ledger account for that.", Fix: "Set flows.orders.day_totals.movement_account in the document and apply it. " + retryAfterFix},
	"gathered":       {Words: "The receipt counts in the total of its branch and financial day.", Fix: "Nothing to do. The total is booked when the day is over."},
}
