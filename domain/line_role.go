package domain

// LineRole is what a line of the books stands for: what was sold, or what the
// totals of the till hold beside it.
type LineRole string

const (
	// RoleSale is what was sold.
	RoleSale LineRole = "sale"
	// RoleDiscount takes off what was given on a line or on the whole sale.
	RoleDiscount LineRole = "discount"
	// RoleRounding takes the cents that rounding leaves over.
	RoleRounding LineRole = "rounding"
	// RoleShipping is what delivery costs.
	RoleShipping LineRole = "shipping"
	// RoleGiftCard is money on a gift card or a balance: a debt.
	RoleGiftCard LineRole = "gift_card"
	// RoleDeposit is a refundable deposit (statiegeld, emballage).
	RoleDeposit LineRole = "deposit"
	// RolePayment is how a day was paid: it stands against the turnover.
	RolePayment LineRole = "payment"
	// RoleCash is what a count of a drawer found more or less.
	RoleCash LineRole = "cash"
)
