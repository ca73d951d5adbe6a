package mplus

import (
	"fmt"

	"github.com/koppel/koppel/domain"
)

// payments maps the payments of a sale.
func (r *reading) payments(list []payment) []domain.Payment {
	var payments []domain.Payment
	for i, w := range list {
		r.in(fmt.Sprintf("paymentList/%d", i+1), func() {
			payments = append(payments, domain.Payment{
				Method: trimmed(w.Method), Kind: r.paymentKind(w),
				Amount: r.euros("amount", w.Amount), Date: r.date("financialDate", w.FinancialDate),
			})
		})
	}
	return payments
}

// paymentKind reads PaymentMethodType. A payment with the number of a gift card is
// one by gift card, whatever the method is called.
func (r *reading) paymentKind(w payment) domain.PaymentKind {
	kind := trimmed(string(w.PaymentMethodType))
	if trimmed(w.GiftcardNumber) != "" {
		return domain.PaymentGiftCard
	}
	switch kind {
	case "", "PAYMENT-METHOD-TYPE-PAYMENT", "PAYMENT-METHOD-TYPE-EFT":
		return domain.PaymentMoney
	case "PAYMENT-METHOD-TYPE-SUSPENSE":
		return domain.PaymentSuspense
	case "PAYMENT-METHOD-TYPE-DEPOSIT", "PAYMENT-METHOD-TYPE-AUTO-DEPOSIT":
		return domain.PaymentDeposit
	case "PAYMENT-METHOD-TYPE-BPE", "PAYMENT-METHOD-TYPE-BPE-NO-STOCK",
		"PAYMENT-METHOD-TYPE-VOUCHER-BPE", "PAYMENT-METHOD-TYPE-VOUCHER-BOOK-BPE":
		return domain.PaymentOwnUse
	default:
		r.fail("paymentMethodType", "is not one that is known")
		return domain.PaymentMoney
	}
}
