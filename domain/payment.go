package domain

import "github.com/shopspring/decimal"

// Payment is one payment of a sale, as the till took it.
type Payment struct {
	Method string          // the till's payment method
	Kind   PaymentKind     // what the till takes that method for
	Amount decimal.Decimal // euros incl. VAT; negative for what was paid back
	Date   Date            // financial date of the payment: Amsterdam
}

// PaymentKind tells payments that are money from those that are not. Source:
// PaymentMethodType of the till's WSDL 67.1.3; its BPE is "own use".
type PaymentKind string

const (
	// PaymentMoney is cash, a card, a bank: money that came in.
	PaymentMoney PaymentKind = "money"
	// PaymentGiftCard pays with what was sold before: a gift card or a voucher.
	PaymentGiftCard PaymentKind = "gift_card"
	// PaymentDeposit settles what the customer paid in advance.
	PaymentDeposit PaymentKind = "deposit"
	// PaymentOwnUse is no payment at all: the shop used the goods itself.
	PaymentOwnUse PaymentKind = "own_use"
	// PaymentSuspense is put on account, to be settled later.
	PaymentSuspense PaymentKind = "suspense"
)
