package accountview

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// debtorRecord reads a debtor. One with a number that is none has a fault, which
// names columns and never what they hold.
func (s Settings) debtorRecord(r row, known columns, zone *time.Location) connectors.DebtorRecord {
	in := &numberReading{row: r}
	d := domain.Debtor{
		Number: r.text(fieldDebtorNumber), ExternalNumber: r.text(s.DebtorExternalField), Name: r.text(fieldDebtorName),
		Contact: r.text(fieldDebtorContact),
		Address: domain.Address{
			Street: r.text(fieldDebtorStreet), Postcode: r.text(fieldDebtorPostcode), City: r.text(fieldDebtorCity), Country: r.text(fieldDebtorCountry),
		},
		DeliverTo: domain.Address{
			Street: r.text(s.Debtors.DeliveryStreetField), Postcode: r.text(s.Debtors.DeliveryPostcodeField),
			City: r.text(s.Debtors.DeliveryCityField), Country: r.text(s.Debtors.DeliveryCountryField),
		},
		Email: r.text(fieldDebtorEmail), Phone: r.text(fieldDebtorPhone), Mobile: r.text(fieldDebtorMobile), Website: r.text(fieldDebtorWebsite),
		VATNumber: r.text(fieldDebtorVATNumber), CommerceNumber: r.text(fieldDebtorCommerce), BankAccount: r.text(s.Debtors.BankAccountField),
		PriceList: r.text(s.Debtors.PriceListField), Group: r.text(s.Debtors.GroupField), PaymentTerm: r.text(s.Debtors.PaymentTermField),
		DiscountPercent: in.amount(s.Debtors.DiscountField), PaymentDays: in.whole(s.Debtors.PaymentDaysField),
		CreditLimit: in.amount(s.Debtors.CreditLimitField),
		Blocked:     slices.ContainsFunc(s.Debtors.BlockedFields, r.flag),
		Custom:      textsFromRow(r, tableDebtor, known, zone),
	}
	if err := errors.Join(in.problems...); err != nil {
		wrong := fault.New(fault.Invalid, codeDebtorUnreadable, system+" GET "+objectDebtor).About(d.Number).WithDetail(err.Error()).Because(err)
		return connectors.DebtorRecord{Debtor: domain.Debtor{Number: d.Number}, Fault: wrong}
	}
	return connectors.DebtorRecord{Debtor: d}
}

// whole reads a whole number, of days say.
func (r *numberReading) whole(field string) int {
	const most = 1_000_000
	n := r.amount(field)
	if !n.IsInteger() || n.Abs().GreaterThan(decimal.NewFromInt(most)) {
		r.problems = append(r.problems, fmt.Errorf("%s: not a whole number", field))
		return 0
	}
	return int(n.IntPart())
}
