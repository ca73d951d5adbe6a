package sandboxkit

import (
	"fmt"
	"strconv"
)

// A shelf is a group without groups below it: fifteen articles, as five products in three variants each.
type shelf struct {
	code, parent, name string
	vat                int
	products           [5]product
}

type product struct {
	name     string
	variants [3]variant
}

type variant struct {
	name  string
	cents int64
}

var departments = []Group{
	{Code: "KEUK", Name: "Keuken"},
	{Code: "TAFEL", Name: "Tafelen"},
	{Code: "TUIN", Name: "Tuin"},
	{Code: "DELI", Name: "Delicatessen"},
	{Code: "CADO", Name: "Cadeau"},
}

func seedGroups() []Group {
	groups := append([]Group(nil), departments...)
	for _, s := range shelves {
		groups = append(groups, Group{Code: s.code, Parent: s.parent, Name: s.name})
	}
	return groups
}

// seedArticles numbers the articles by shelf: 100101 is the first of the first shelf, 102015 the last of the twentieth.
func seedArticles() []Article {
	var articles []Article
	for i, s := range shelves {
		for j, p := range s.products {
			for k, v := range p.variants {
				number := int64(100000 + (i+1)*100 + j*3 + k + 1)
				articles = append(articles, Article{
					Number:      number,
					Name:        p.name + " " + v.name,
					Group:       s.code,
					PriceIncl:   v.cents,
					TillVATCode: s.vat,
					EAN:         ean13("8719" + fmt.Sprintf("%08d", number)),
					Stock:       stockOf(number),
				})
			}
		}
	}
	return articles
}

// stockOf spreads stock between 0 and 94 pieces, with every eleventh article sold out.
func stockOf(number int64) int64 {
	if number%11 == 0 {
		return 0
	}
	return number * 37 % 95
}

// ean13 adds the check digit to twelve digits.
func ean13(twelve string) string {
	sum := 0
	for i, c := range twelve {
		weight := 1
		if i%2 == 1 {
			weight = 3
		}
		sum += int(c-'0') * weight
	}
	return twelve + strconv.Itoa((10-sum%10)%10)
}
