package accountview

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// numberReading turns columns of a row into numbers and collects what cannot be
// read. Its errors name columns, never what they hold.
type numberReading struct {
	row
	problems []error
}

func (r *numberReading) amount(field string) decimal.Decimal {
	if field == "" {
		return decimal.Zero
	}
	n, err := r.number(field)
	if err != nil {
		r.problems = append(r.problems, fmt.Errorf("%s: %w", field, err))
	}
	return n
}

// productFromArticle reads an article as a product without variants. A column
// that the row does not show holds nothing.
func (s Settings) productFromArticle(r row, known columns, zone *time.Location) (domain.Product, error) {
	in := &numberReading{row: r}
	p := domain.Product{
		SKU: r.text(fieldArticleCode), Name: r.text(s.Articles.NameField), ShortDescription: r.text(s.Articles.ShortField),
		LongDescription: r.text(s.Articles.LongField), Group: r.text(s.Articles.GroupField), Currency: r.text(s.Articles.CurrencyField),
		VATCode: r.text(s.Articles.VATField), Unit: r.text(s.Articles.UnitField), CostPrice: in.amount(s.Articles.CostField),
		Active: !r.flag(s.Articles.BlockedField), Discontinued: r.flag(s.Articles.DiscontinuedField),
		StockManaged: s.Articles.StockedField == "" || r.flag(s.Articles.StockedField),
		Attributes:   s.attributesFromArticle(r), Custom: textsFromRow(r, tableArticle, known, zone),
	}
	delete(p.Custom, s.Articles.ImageDataField)
	price := in.amount(s.Articles.PriceField)
	if s.Articles.PricesInclude {
		p.PriceBasis, p.PriceIncl = domain.PriceBasisIncl, price
	} else {
		p.PriceBasis, p.PriceExcl = domain.PriceBasisExcl, price
	}
	for _, field := range s.Articles.EANFields {
		for _, code := range strings.FieldsFunc(r.text(field), func(r rune) bool { return strings.ContainsRune(",;\r\n", r) }) {
			if code = strings.TrimSpace(code); code != "" {
				p.Barcodes = append(p.Barcodes, domain.Barcode{Code: code})
			}
		}
	}
	return p, errors.Join(in.problems...)
}

// stockFromArticle reads the quantities of an article.
func (s Settings) stockFromArticle(r row, known columns, zone *time.Location) (domain.StockLevel, error) {
	in := &numberReading{row: r}
	level := domain.StockLevel{
		SKU: r.text(fieldArticleCode), Physical: in.amount(s.Articles.PhysicalField), Available: in.amount(s.Articles.AvailableField),
		Reserved: in.amount(s.Articles.ReservedField), OnOrder: in.amount(s.Articles.OnOrderField), Free: in.amount(s.Articles.FreeField),
		Custom: textsFromRow(r, tableArticle, known, zone),
	}
	return level, errors.Join(in.problems...)
}

// variantFromProduct is an article seen as one of several of a product.
func variantFromProduct(p domain.Product) domain.Variant {
	return domain.Variant{
		SKU: p.SKU, Name: p.Name, Attributes: p.Attributes, Custom: p.Custom, Barcodes: p.Barcodes, PriceIncl: p.PriceIncl,
		PriceExcl: p.PriceExcl, CostPrice: p.CostPrice, Active: p.Active, Discontinued: p.Discontinued, StockManaged: p.StockManaged,
	}
}

// categoryFromGroup reads an article group.
func (s Settings) categoryFromGroup(r row) domain.Category {
	return domain.Category{
		Code: r.text(fieldArticleGroupCode), Name: r.text(s.Articles.GroupNameField), Parent: r.text(s.Articles.GroupParentField),
	}
}

func (s Settings) attributesFromArticle(r row) map[string]string {
	attributes := map[string]string{}
	for name, field := range s.Articles.Attributes {
		if text := r.text(field); text != "" {
			attributes[name] = text
		}
	}
	return attributes
}

// textsFromRow gives every column of a row as text: exact numbers, dates as
// YYYY-MM-DD, yes and no as true and false. What is empty or cannot be read is
// left out.
func textsFromRow(r row, table string, known columns, zone *time.Location) map[string]string {
	texts := map[string]string{}
	for _, f := range fieldsFromRow(r, table, known, zone) {
		text := f.Value.Text
		switch f.Value.Kind {
		case domain.KindNumber:
			text = f.Value.Number.String()
		case domain.KindDate:
			text = f.Value.Date.String()
		case domain.KindBool:
			text = fmt.Sprint(f.Value.Bool)
		}
		if text != "" {
			texts[f.Name] = text
		}
	}
	return texts
}
