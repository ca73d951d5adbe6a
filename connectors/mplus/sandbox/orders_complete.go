package sandbox

import (
	"errors"
	"fmt"

	"github.com/koppel/koppel/internal/soap"
)

// refusal is a business reason not to do what was asked: the result FAILED with this message.
type refusal string

func (r refusal) Error() string { return string(r) }

func clientFault(format string, args ...any) *soap.Fault {
	return &soap.Fault{Code: "Client", String: fmt.Sprintf(format, args...)}
}

// unknown answers something that is not there inside an order, in the way the options say.
func (t *till) unknown(format string, args ...any) error {
	if t.opts.UnknownIsFault {
		return clientFault(format, args...)
	}
	return refusal(fmt.Sprintf(format, args...))
}

// completeOrder checks what a caller wrote and fills in what the till knows: the customer's name and addresses, the
// articles' texts and rates, all amounts. It changes o and its lines, which must be the caller's own.
func (t *till) completeOrder(o *orderXML) error {
	if err := t.completePlace(o); err != nil {
		return err
	}
	if err := t.completeCustomer(o); err != nil {
		return err
	}
	if value(o.DeliveryMethod) != "" && !isDeliveryMethod(*o.DeliveryMethod) {
		return t.unknown("Delivery method is not known.")
	}
	if o.LineList == nil {
		o.LineList = &lineListXML{}
	}
	if err := t.completeLines(o.LineList.Line); err != nil {
		return err
	}
	sum, err := t.pricer().completeBeside(*o.VATMethod, o.LineList.Line, t.besideOf(o))
	if code, ok := errors.AsType[unknownVATCode](err); ok {
		return clientFault("The rate for VAT-code %d is not properly configured for this branch.", code)
	}
	if err != nil {
		return refusal("The order holds an amount that is too large.")
	}
	o.TotalInclAmount, o.TotalExclAmount = &sum.Incl, &sum.Excl
	for i := range sum.Groups {
		sum.Groups[i].BranchNumber = new(*o.FinancialBranchNumber)
		sum.Groups[i].CountryISO3 = new("NLD")
	}
	o.VATGroupList = &vatGroupListXML{sum.Groups}
	return nil
}

// completePlace fills branch, workplace and employee. A branch other than the first must name its workplace.
func (t *till) completePlace(o *orderXML) error {
	if value(o.EntryBranchNumber) == 0 {
		o.EntryBranchNumber = new(branches[0].BranchNumber)
	}
	if value(o.FinancialBranchNumber) == 0 {
		o.FinancialBranchNumber = new(*o.EntryBranchNumber)
	}
	for _, number := range []int32{*o.EntryBranchNumber, *o.FinancialBranchNumber} {
		if _, ok := findBranch(number); !ok {
			return t.unknown("Branch %d is not known.", number)
		}
	}
	if value(o.WorkplaceNumber) == 0 {
		if *o.EntryBranchNumber != branches[0].BranchNumber {
			return refusal("A workplaceNumber is needed for this branch.")
		}
		o.WorkplaceNumber = new(int32(1))
	}
	if value(o.EmployeeNumber) == 0 {
		o.EmployeeNumber = new(int64(superuser))
	}
	employee, ok := findEmployee(*o.EmployeeNumber)
	if !ok {
		return t.unknown("Employee %d is not known.", *o.EmployeeNumber)
	}
	o.EmployeeName = employee.Name
	return nil
}

func (t *till) completeCustomer(o *orderXML) error {
	number := value(o.RelationNumber)
	var customer *relationXML
	if number != 0 {
		if customer = t.relations[number]; customer == nil {
			return t.unknown("Relation %d is not known.", number)
		}
		o.RelationName = customer.displayName()
		o.RelationVATNumber = customer.VATNumber
		o.RelationCategoryID = customer.CategoryID
		o.RelationBankAccountNumber = customer.BankAccountNumber
		if o.InvoiceAddress == nil {
			o.InvoiceAddress = customer.invoiceAddress()
		}
		if o.DeliveryAddress == nil {
			o.DeliveryAddress = customer.deliveryAddress()
		}
	}
	if o.VATMethod == nil {
		o.VATMethod = new(vatMethod("VAT-METHOD-INCLUSIVE"))
		if customer != nil && customer.DefaultVATMethod != nil {
			o.VATMethod = new(*customer.DefaultVATMethod)
		}
	}
	return nil
}

func (t *till) completeLines(lines []lineXML) error {
	for i := range lines {
		line := &lines[i]
		if value(line.LineID) == "" {
			line.LineID = new(newID())
		}
		line.SequenceNumber = new(int32(i + 1))
		if line.PreparationList != nil {
			if err := t.completeLines(line.PreparationList.Line); err != nil {
				return err
			}
		}
		if line.ArticleNumber == 0 {
			continue
		}
		if err := t.completeLine(line); err != nil {
			return err
		}
	}
	return nil
}

func (t *till) completeLine(line *lineXML) error {
	article := t.article(line.ArticleNumber)
	if article == nil {
		return t.unknown("Article %d is not known.", line.ArticleNumber)
	}
	if value(line.Text) == "" {
		line.Text = article.Description
	}
	if line.PluNumber == nil {
		line.PluNumber = article.PluNumber
	}
	if line.Data == nil {
		line.Data = &lineDataXML{Quantity: 1}
	}
	data := line.Data
	if places := (quantity{data.Quantity, value(data.DecimalPlaces)}); !places.valid() {
		return refusal("A line counts finer than the till can.")
	}
	if data.DecimalPlaces == nil && !t.opts.OmitZeroDecimalPlaces {
		data.DecimalPlaces = new(t.opts.AbsentDecimalPlaces)
	}
	if t.opts.OmitZeroDecimalPlaces && data.DecimalPlaces != nil && *data.DecimalPlaces == 0 && t.opts.AbsentDecimalPlaces == 0 {
		data.DecimalPlaces = nil
	}
	if data.Price == nil && data.PriceExcl == nil {
		data.Price, data.PriceExcl = article.PriceIncl, article.PriceExcl
	}
	if value(data.VATCode) == 0 {
		data.VATCode = article.VATCode
	}
	if value(data.TurnoverGroup) == 0 {
		data.TurnoverGroup = article.TurnoverGroup
	}
	if value(data.BpeID) == ownUseReason {
		data.BpeDescription = new("Eigen gebruik")
	}
	if group, ok := findTurnoverGroup(value(data.TurnoverGroup)); ok {
		data.TurnoverGroupName = &group.TurnoverGroupName
		data.TurnoverGroupType = &group.TurnoverGroupType
		data.TurnoverGroupAccountNumber = group.AccountNumber
	}
	if data.DiscountType == nil && (value(data.DiscountAmount) != 0 || value(data.DiscountPercentage) != 0) {
		data.DiscountType = new(discountType("DISCOUNT-TYPE-CUSTOMER-DISCOUNT"))
	}
	return nil
}
