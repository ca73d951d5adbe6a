package accountview

import (
	"errors"
	"fmt"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Rules that a row of prices keeps to. They name no value.
var (
	errWhoseMissing   = errors.New("does not say for whom it is")
	errWhatTwice      = errors.New("is of an article, an article group and an attribute: only one of them can be meant")
	errAttributeHalf  = errors.New("has an attribute without a value, or a value without an attribute")
	errNothingAgreed  = errors.New("has neither a price nor a discount")
	errBothAgreed     = errors.New("has a price and a discount: only one of them can be agreed")
	errDiscountBounds = errors.New("has a discount that is not above 0 and at most 100 %")
	errBelowZero      = errors.New("has a price or a quantity below zero")
)

// priceFromRow reads a row as a price. What cannot be understood is the fault of
// this row alone; for whom and of what it is is told as far as it is known.
func (o PriceObject) priceFromRow(r row, zone *time.Location) connectors.PriceRecord {
	in := &numberReading{row: r}
	p := domain.Price{
		SKU: r.text(o.SKU), ArticleGroup: r.text(o.ArticleGroup),
		Attribute:       domain.Attribute{Name: r.text(o.Attribute), Value: r.text(o.AttributeValue)},
		MinQuantity:     in.amount(o.MinQuantity),
		DiscountPercent: in.amount(o.DiscountPercent), Currency: r.text(o.Currency),
		ValidFrom: in.day(o.ValidFrom, zone), ValidUntil: in.day(o.ValidUntil, zone),
	}
	price := in.amount(o.Price)
	switch o.Kind {
	case PricesOfCustomer:
		p.Customer = r.text(o.Customer)
	case PricesOfList:
		p.PriceList = r.text(o.PriceList)
	case PricesOfCustomerGroup:
		p.CustomerGroup = r.text(o.CustomerGroup)
	case PricesForEveryone:
		p.Promotion = r.text(o.Promotion)
	}
	broken := func(holds bool, rule error) {
		if holds {
			in.problems = append(in.problems, rule)
		}
	}
	broken(o.Kind != PricesForEveryone && p.Everybody(), errWhoseMissing)
	broken(howMany(p.SKU != "", p.ArticleGroup != "", p.Attribute != domain.Attribute{}) > 1, errWhatTwice)
	broken((p.Attribute.Name == "") != (p.Attribute.Value == ""), errAttributeHalf)
	broken(price.IsZero() && p.DiscountPercent.IsZero(), errNothingAgreed)
	broken(!price.IsZero() && !p.DiscountPercent.IsZero(), errBothAgreed)
	broken(!p.DiscountPercent.IsZero() && (p.DiscountPercent.IsNegative() || p.DiscountPercent.GreaterThan(hundredPercent)), errDiscountBounds)
	broken(price.IsNegative() || p.MinQuantity.IsNegative(), errBelowZero)
	switch {
	case price.IsZero():
	case o.Prices == domain.PriceBasisIncl:
		p.PriceBasis, p.PriceIncl = domain.PriceBasisIncl, price
	default:
		p.PriceBasis, p.PriceExcl = domain.PriceBasisExcl, price
	}
	record := connectors.PriceRecord{ID: o.Object + "/" + r.text(o.Key), Price: p}
	if err := errors.Join(in.problems...); err != nil {
		record.Fault = fault.New(fault.Invalid, codePriceUnreadable, system+" GET "+o.Object).About(record.ID).WithDetail(err.Error()).Because(err)
	}
	return record
}

// day reads a date of a column that may not exist.
func (r *numberReading) day(field string, zone *time.Location) domain.Date {
	if field == "" {
		return domain.Date{}
	}
	day, err := r.date(field, zone)
	if err != nil {
		r.problems = append(r.problems, fmt.Errorf("%s: %w", field, err))
	}
	return day
}

func howMany(facts ...bool) (n int) {
	for _, holds := range facts {
		if holds {
			n++
		}
	}
	return n
}
