package settings

import (
	"slices"

	"github.com/koppel/koppel/domain"
)

// Products are the settings of the flow that brings articles of the books to the till.
type Products struct {
	Catalog `yaml:",inline"`
	Content bool           `yaml:"content" title:"Content" help:"Whether texts, attributes and fields of the shop's own travel: what is told of an article."`
	Offer   bool           `yaml:"offer" title:"Offer" help:"Whether price, VAT, barcodes, and what makes an article be sold travel: what is offered."`
	Fields  []string       `yaml:"offer_fields" unique:"true" title:"Fields of the offer" unit:"fields of the till" help:"Which targets of the mapping belong to the offer. All others are content."`
	Numbers ArticleNumbers `yaml:"numbers" title:"Article numbers" help:"The till knows an article by a whole number. A code that is one is its own number. What becomes of other codes, this says; a number that a code was given it keeps for ever."`
	Gone    ProductsGone   `yaml:"gone" enum:"report|discontinue" title:"Gone" help:"What happens at the till to articles that the books no longer have."`
}

// Travels is a draft without the fields of what is switched off.
func (p Products) Travels(draft domain.Draft) domain.Draft {
	draft.Fields = slices.DeleteFunc(slices.Clone(draft.Fields), func(f domain.Field) bool {
		if slices.Contains(p.Fields, f.Name) {
			return !p.Offer
		}
		return !p.Content
	})
	return draft
}

// ProductsGone is what happens to articles that the books no longer have.
type ProductsGone string

// What ProductsGone may be.
const (
	ProductsGoneReport      ProductsGone = "report"
	ProductsGoneDiscontinue ProductsGone = "discontinue"
)

// Help says what the value means.
func (g ProductsGone) Help() string {
	return map[ProductsGone]string{
		ProductsGoneReport:      "Nothing: they are told.",
		ProductsGoneDiscontinue: "They become discontinued.",
	}[g]
}
