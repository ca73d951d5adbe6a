package sandbox

import (
	"slices"
	"strings"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// seed fills a new till with the shop. The records are one line of the journal: a till is filled or it is not.
func (t *till) seed() error {
	b := t.begin()
	groups := t.seedGroups(b)
	t.seedProducts(b, groups)
	t.seedRelations(b)
	if err := b.commit(); err != nil {
		return err
	}
	b = t.begin() // what follows refers to the articles and relations above
	if err := t.seedSales(b); err != nil {
		return err
	}
	return b.commit()
}

func (t *till) seedGroups(b *batch) map[string]int32 {
	numbers := map[string]int32{"": 0}
	for i, g := range t.opts.Shop.Groups {
		numbers[g.Code] = int32(i + 1)
	}
	for _, g := range t.opts.Shop.Groups {
		number := numbers[g.Code]
		b.group(groupRow{Number: number, Parent: numbers[g.Parent], Name: g.Name, Text: g.Name, SortOrder: number, Marker: b.marker(markGroup)})
	}
	return numbers
}

// firstProduct keeps product numbers apart from article numbers, so that mixing them up shows.
const firstProduct = 5001

// seedProducts makes one product of each article. What is sold without VAT, such as gift vouchers, is not kept in stock.
func (t *till) seedProducts(b *batch, groups map[string]int32) {
	at := momentOf(t.now())
	b.claim(lastProduct, firstProduct-1)
	for _, a := range t.opts.Shop.Articles {
		percent := sandboxkit.VATPercent(a.TillVATCode)
		stocked := a.TillVATCode != sandboxkit.VATZero
		b.claim(lastArticle, a.Number)
		article := articleXML{
			ArticleNumber: new(a.Number), PluNumber: new(a.EAN[len(a.EAN)-6:]), SyncMarker: new(b.marker(markArticle)),
			ChangeTimestamp: new(at), CreateTimestamp: new(at), Active: new(true), Description: new(a.Name),
			InvoiceText: new(a.Name), ReceiptText: new(firstRunes(a.Name, 24)), Barcode: new(a.EAN),
			TurnoverGroup: new(t.turnoverGroupOf(a)), VATCode: new(int32(a.TillVATCode)), VATPercentage: new(int32(t.wirePercent(percent))),
			PurchasePrice: new(share(a.PriceIncl, 45, 100)), PriceIncl: new(a.PriceIncl), PriceExcl: new(share(a.PriceIncl, 10000, 10000+percent)),
			Webshop: new(true), StockArticle: &stocked,
			PriceGroupList: &priceGroupListXML{[]priceGroupXML{{
				PriceGroupNumber: 1, Description: new("Zakelijk"), PriceIncl: new(share(a.PriceIncl, 90, 100)),
			}}},
		}
		b.product(&productXML{
			ProductNumber: new(b.number(lastProduct)), SyncMarker: new(b.marker(markArticle)), Description: new(a.Name),
			ArticleList: &articleListXML{[]articleXML{article}}, GroupNumbers: []int32{groups[a.Group]},
		})
		if stocked {
			b.stockRow(stockRow{1, a.Number, quantity{Amount: a.Stock}, b.marker(markStock), at})
			b.stockRow(stockRow{2, a.Number, quantity{Amount: a.Stock / 3}, b.marker(markStock), at})
		}
	}
}

// turnoverGroupOf books an article under its department, in the order in which the shop lists its departments.
func (t *till) turnoverGroupOf(a sandboxkit.Article) int32 {
	if a.TillVATCode == sandboxkit.VATZero {
		return turnoverGroups[len(turnoverGroups)-1].TurnoverGroup
	}
	groups := t.opts.Shop.Groups
	code := a.Group
	for range groups {
		i := slices.IndexFunc(groups, func(g sandboxkit.Group) bool { return g.Code == code })
		if i < 0 || groups[i].Parent == "" {
			break
		}
		code = groups[i].Parent
	}
	department := 0
	for _, g := range groups {
		if g.Code == code {
			return turnoverGroups[department%(len(turnoverGroups)-1)].TurnoverGroup
		}
		if g.Parent == "" {
			department++
		}
	}
	return turnoverGroups[0].TurnoverGroup
}

var countryNames = map[string]string{"NL": "Nederland", "BE": "België", "DE": "Duitsland"}

// seedRelations makes relations of the customers whom the till knows. Their debtor number stands in extRelationId.
func (t *till) seedRelations(b *batch) {
	at := momentOf(t.now())
	for _, c := range t.opts.Shop.Customers {
		if c.RelationNumber == 0 {
			continue
		}
		b.claim(lastRelation, c.RelationNumber)
		country := c.Country
		if name, ok := countryNames[country]; ok {
			country = name
		}
		b.relation(&relationXML{
			RelationNumber: new(c.RelationNumber), ExtRelationID: new(c.Number), SyncMarker: new(b.marker(markRelation)),
			CreateTimestamp: new(at), ChangeTimestamp: new(at), Active: new(true), Name: new(c.Name()),
			Address: new(strings.TrimSpace(c.Street + " " + c.HouseNumber)), Zipcode: new(c.Postcode), City: new(c.City),
			Country: &country, Contact: filled(c.Contact), Telephone: filled(c.Phone), Email: filled(c.Email),
			VATNumber: filled(c.VATNumber), CommerceNumber: filled(c.CoC), CompanyName: filled(c.Company),
		})
	}
}

// filled is nil for an empty text: the till leaves such an element out.
func filled(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func firstRunes(text string, n int) string {
	runes := []rune(text)
	return string(runes[:min(len(runes), n)])
}
