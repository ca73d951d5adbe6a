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
	Images  ProductImages  `yaml:"images" title:"Pictures" help:"Pictures of articles. They are content: without content they do not travel."`
	Gone    ProductsGone   `yaml:"gone" enum:"report|discontinue" title:"Gone" help:"What happens at the till to articles that the books no longer have."`
}

// ProductImages say which pictures of articles travel.
type ProductImages struct {
	Enabled bool `yaml:"enabled" title:"On" help:"Whether pictures go to the till. Each is read with every change of its article and in every full compare, and sent once: only another picture is sent again."`
	Largest int  `yaml:"largest" min:"1" max:"16384" title:"Largest" unit:"KiB" help:"A greater picture stays behind, and is told. It keeps its article back in nothing."`
}

const kibibyte = 1024

// Most is the largest picture in bytes.
func (i ProductImages) Most() int { return i.Largest * kibibyte }

// imageProblems refuses pictures that nobody says where to find.
func (d Document) imageProblems() Problems {
	if !d.Flows.Products.Images.Enabled || d.AccountView.Assumptions.Articles.ImageDataField != "" {
		return nil
	}
	return Problems{{Path: "flows.products.images.enabled", Text: "needs accountview.assumptions.articles.image_data_field, the column that holds pictures"}}
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
