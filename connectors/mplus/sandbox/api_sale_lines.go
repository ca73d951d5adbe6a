package sandbox

import (
	"fmt"
	"time"
)

// ownUseReason is the one reason for own use (bpe) that this till has.
const ownUseReason = "b0e00000-0000-4000-8000-000000000001"

// linesOf are lines as the API would send them. The name of the list stands in what is said of a wrong one.
func linesOf(list string, sold []saleLine) ([]lineXML, error) {
	lines := make([]lineXML, 0, len(sold))
	for i, s := range sold {
		line, err := s.line(fmt.Sprintf("%s[%d]", list, i))
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func (s saleLine) line(name string) (lineXML, error) {
	if s.Article == 0 && s.Text == "" {
		return lineXML{}, badInput(name + ".article: must be the number of an article")
	}
	line := lineXML{ArticleNumber: s.Article, Text: filled(s.Text)}
	if s.Heading {
		line.LineKind = new(lineKind("LINE-KIND-HEADER"))
	}
	if s.Article == 0 && s.Quantity == "" {
		return line, nil
	}
	amount, err := parseQuantity(s.Quantity)
	if err != nil {
		return lineXML{}, badInput(name + ".quantity: must be a decimal number as text, such as \"1.5\"")
	}
	line.Data = &lineDataXML{
		Quantity: amount.Amount, DecimalPlaces: new(amount.Places), Price: s.PriceCents, DiscountAmount: s.DiscountCents,
		TurnoverGroup: nonZero(s.TurnoverGroup),
	}
	if s.DiscountPercent != "" {
		percent, err := parseQuantity(s.DiscountPercent)
		if err != nil || percent.Places > 2 {
			return lineXML{}, badInput(name + ".discount_percent: must be a decimal number as text, such as \"12.5\"")
		}
		line.Data.DiscountPercentage = new(int32(percent.scaled(2).Int64())) // hundredths
	}
	if s.OwnUse {
		line.Data.BpeID = new(ownUseReason)
	}
	if len(s.Components) > 0 {
		parts, err := linesOf(name+".components", s.Components)
		if err != nil {
			return lineXML{}, err
		}
		for i := range parts {
			parts[i].LineType = new(lineType("LINE-TYPE-COMPONENT"))
		}
		line.PreparationList = &lineListXML{parts}
	}
	return line, nil
}

// dayFrom reads YYYY-MM-DD; an empty text is no date.
func dayFrom(name, text string) (*dateXML, error) {
	if text == "" {
		return nil, nil //nolint:nilnil // no date is an answer
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return nil, badInput(name + ": must be YYYY-MM-DD")
	}
	return new(dayOf(day)), nil
}

func nonZero[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}
