package settings

import (
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// Amounts says how the euros of a sale stand in the books.
type Amounts struct {
	Discounts       domain.Discounts `yaml:"discounts" enum:"net_price|percentage|line" title:"Discounts" help:"How a discount (korting) on a line stands in the books."`
	DiscountArticle string           `yaml:"discount_article" maxlen:"15" title:"Discount article" unit:"article code of the books" help:"Article of discount lines: those of discounts: line, and a discount on the whole sale, which the till has on no line. Empty: a sale that needs one is parked."`
	RoundingArticle string           `yaml:"rounding_article" maxlen:"15" title:"Rounding article" unit:"article code of the books" help:"Article of the line that takes what rounding leaves over, for each VAT code. Empty: a sale of which the cents do not come out is parked."`
	RoundingMost    decimal.Decimal  `yaml:"rounding_most" title:"Rounding at most" unit:"euros incl. VAT" help:"More than this for one VAT code is no rounding."`
	DiscountAccount string           `yaml:"discount_account" maxlen:"10" title:"Discount account" unit:"ledger account of the books" help:"In invoices, what discount_article is in orders."`
	RoundingAccount string           `yaml:"rounding_account" maxlen:"10" title:"Rounding account" unit:"ledger account of the books" help:"In invoices, what rounding_article is in orders."`
	ShippingAccount string           `yaml:"shipping_account" maxlen:"10" title:"Shipping account" unit:"ledger account of the books" help:"In invoices, what the lookup table shipping_article is in orders."`
	TextLines       TextLines        `yaml:"text_lines" enum:"leave_out|note" title:"Text lines" help:"What becomes of lines that only say something."`
	OwnUse          domain.OwnUse    `yaml:"own_use" enum:"park|leave_out|book" title:"Own use" help:"What becomes of a sale that the shop used itself (eigen gebruik)."`
	GiftCards       domain.GiftCards `yaml:"gift_cards" enum:"park|account|book" title:"Gift cards" help:"What becomes of a line that sells a gift card (cadeaubon) or puts money on a balance. It is a debt to its owner and no turnover."`
	GiftCardAccount string           `yaml:"gift_card_account" maxlen:"10" title:"Gift card account" unit:"ledger account of the books" help:"With gift_cards: account, the debt's ledger account in invoices and day totals."`
	GiftCardArticle string           `yaml:"gift_card_article" maxlen:"15" title:"Gift card article" unit:"article code of the books" help:"With gift_cards: account, the article in sales orders; it must be one that the books put on the debt's account."`
	DepositAccount  string           `yaml:"deposit_account" maxlen:"10" title:"Deposit account" unit:"ledger account of the books" help:"Ledger account of refundable deposits (statiegeld, emballage) in invoices and day totals. Empty: as turnover."`
	PrepaidAccount  string           `yaml:"prepaid_account" maxlen:"10" title:"Prepaid account" unit:"ledger account of the books" help:"Ledger account that holds what customers paid in advance (aanbetalingen), for day totals. Empty: a day with such payments is parked."`
}

// TextLines says what becomes of lines that only say something.
type TextLines string

// What TextLines may be.
const (
	TextLinesLeaveOut TextLines = "leave_out"
	TextLinesNote     TextLines = "note"
)

// Help says what the value means.
func (t TextLines) Help() string {
	return map[TextLines]string{
		TextLinesLeaveOut: "They stay out of the books.",
		TextLinesNote:     "They stand in order.note, each on a line of its own, for a mapping row to take.",
	}[t]
}
