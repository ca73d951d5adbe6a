package domain

// LineKind tells lines that are turnover from those that are not: a gift card
// that is sold is a debt to its owner, and own use is nobody's turnover. Source:
// TurnoverGroupType and bpeId of the till's WSDL 67.1.3.
type LineKind string

const (
	// LineSale is turnover.
	LineSale LineKind = ""
	// LineBalance puts money on a gift card or a balance: a debt to its owner.
	LineBalance LineKind = "balance"
	// LineDeposit is a refundable deposit (statiegeld, emballage).
	LineDeposit LineKind = "deposit"
	// LinePayment stands for a payment among the lines.
	LinePayment LineKind = "payment"
	// LineSuspense is to be settled later.
	LineSuspense LineKind = "suspense"
	// LineOwnUse is what the shop used itself.
	LineOwnUse LineKind = "own_use"
	// LineCash is money put into the drawer or taken out of it.
	LineCash LineKind = "cash"
)
