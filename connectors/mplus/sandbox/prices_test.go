package sandbox_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus/sandbox"
)

const discountList = `<relationArticleDiscountList>%s</relationArticleDiscountList>`

func discountRow(inside string) string {
	return `<relationArticleDiscount>` + inside + `</relationArticleDiscount>`
}

func (f *foreign) price(relation, article, quantity string) node {
	who := ""
	if relation != "" {
		who = `<relationNumber>` + relation + `</relationNumber>`
	}
	return f.ask("determinePricing", `<request><financialDate>2026-07-01</financialDate>`+who+
		`<workplace><branchNumber>2</branchNumber><workplaceNumber>1</workplaceNumber></workplace>`+
		`<lines><articleNumber>`+article+`</articleNumber><data><quantity>`+quantity+`</quantity></data><tempId>a</tempId></lines></request>`)
}

func (f *foreign) article(prices string) {
	f.t.Helper()
	f.changeProduct(`<articleNumber>100101</articleNumber><priceIncl>10000</priceIncl><articleDiscountGroupNumber>7</articleDiscountGroupNumber>` + prices)
}

func (f *foreign) changeProduct(article string) {
	f.t.Helper()
	answer := f.ask("updateProduct", `<product><productNumber>5001</productNumber><articleList><article>`+article+`</article></articleList></product>`)
	require.Equal(f.t, "UPDATE-PRODUCT-RESULT-OK", answer.text("result"), answer.text("errorMessage"))
}

func (f *foreign) relationPrices(percent, rows string) node {
	if percent != "" {
		percent = `<discountPercentage>` + percent + `</discountPercentage>`
	}
	return f.ask("updateRelation", `<relation><relationNumber>1</relationNumber>`+percent+fmt.Sprintf(discountList, rows)+`</relation>`)
}

// The order is the sandbox's own assumption: each step takes away what won before.
func TestDeterminePricing_TakesTheMostSpecificPriceFirst(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	promotion := `<salesPriceList><salesPrice><salesPriceNumber>1</salesPriceNumber><startDate><day>1</day><mon>6</mon><year>2026</year></startDate>` +
		`<endDate><day>%d</day><mon>%d</mon><year>2026</year></endDate><priceIncl>9000</priceIncl></salesPrice></salesPriceList>`
	summer, over := fmt.Sprintf(promotion, 31, 8), fmt.Sprintf(promotion, 30, 6)
	group := `<priceGroupList><priceGroup><priceGroupNumber>2</priceGroupNumber><discountPercentage>1500</discountPercentage></priceGroup>` +
		`<priceGroup><priceGroupNumber>2</priceGroupNumber><priceIncl>7000</priceIncl><minimumAmount>10</minimumAmount></priceGroup></priceGroupList>`
	f.article(summer + group)
	f.ask("updateRelation", `<relation><relationNumber>1</relationNumber><priceGroupNumber>2</priceGroupNumber><discountPercentage>250</discountPercentage></relation>`)
	own := discountRow(`<articleNumber>100101</articleNumber><minimumAmount>5</minimumAmount><priceExcl>5000</priceExcl>`) +
		discountRow(`<articleNumber>100101</articleNumber><minimumAmount>25</minimumAmount><minimumAmountDecimalPlaces>1</minimumAmountDecimalPlaces><discountPercentage>3000</discountPercentage>`)
	ofGroup := discountRow(`<articleDiscountGroupNumber>7</articleDiscountGroupNumber><discountPercentage>2000</discountPercentage>`)
	expect := func(quantity, amount, kind string) {
		t.Helper()
		line := f.price("1", "100101", quantity)
		require.Equal(t, amount, line.text("lines/amount"))
		require.Equal(t, kind, line.text("lines/discountType"))
		require.Equal(t, "a", line.text("lines/tempId"))
	}
	require.Equal(t, "UPDATE-RELATION-RESULT-OK", f.relationPrices("", own+ofGroup).text("result"))
	expect("5", "302.5", "DISCOUNT-TYPE-CUSTOMER-DISCOUNT") // 250.00 excl. VAT
	expect("2.5", "175", "DISCOUNT-TYPE-CUSTOMER-DISCOUNT") // 30 % off 250.00
	expect("1", "80", "DISCOUNT-TYPE-CUSTOMER-DISCOUNT")    // of the group
	f.relationPrices("", "")
	expect("1", "85", "DISCOUNT-TYPE-PRICE-GROUP")
	expect("10", "700", "DISCOUNT-TYPE-PRICE-GROUP")
	f.article(`<priceGroupList/>`)
	expect("1", "90", "DISCOUNT-TYPE-SALES-PRICE")
	f.article(over)
	expect("1", "97.5", "DISCOUNT-TYPE-CUSTOMER-DISCOUNT")
	require.Equal(t, "100", f.price("", "100101", "1").text("lines/amount"))
	require.Equal(t, "DISCOUNT-TYPE-NONE", f.price("", "100101", "1").text("lines/discountType"))
	require.Equal(t, "82.64", f.price("", "100101", "1").text("lines/amountExcl"))

	lowest := start(t, sandbox.Options{Pricing: sandbox.PricingLowest})
	lowest.article(`<salesPriceList><salesPrice><salesPriceNumber>1</salesPriceNumber><priceIncl>100</priceIncl></salesPrice></salesPriceList>`)
	lowest.relationPrices("", ofGroup)
	require.Equal(t, "1", lowest.price("1", "100101", "1").text("lines/amount"))
}

func TestDeterminePricing_OfWhatIsNotThereIsAFault(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	ask := func(branch, relation, article, data string) string {
		_, text := f.refused("determinePricing", `<request><relationNumber>`+relation+`</relationNumber><workplace><branchNumber>`+branch+
			`</branchNumber><workplaceNumber>1</workplaceNumber></workplace><lines><articleNumber>`+article+`</articleNumber>`+data+`</lines></request>`)
		return text
	}
	require.Contains(t, ask("9", "1", "100101", ""), "branch")
	require.Contains(t, ask("1", "777777", "100101", ""), "relation")
	require.Contains(t, ask("1", "1", "5", ""), "article")
	require.Contains(t, ask("1", "1", "100101", `<data><quantity>`+strings.Repeat("9", 40)+`</quantity></data>`), "quantity")
	fixed := f.ask("determinePricing", `<request><workplace><branchNumber>1</branchNumber><workplaceNumber>1</workplaceNumber></workplace>`+
		`<lines><articleNumber>100101</articleNumber><data><quantity>2</quantity><priceIncl>3.5</priceIncl></data></lines></request>`)
	require.Equal(t, []string{"7", "PRICE-TYPE-FIXED"}, []string{fixed.text("lines/amount"), fixed.text("lines/priceType")})
}

func TestPriceLists_RefuseWhatNoPriceCanBe(t *testing.T) {
	t.Parallel()
	f := start(t, sandbox.Options{})
	for name, row := range map[string]string{
		"of nothing":         `<priceIncl>1</priceIncl>`,
		"of two":             `<articleNumber>100101</articleNumber><articleDiscountGroupNumber>7</articleDiscountGroupNumber><priceIncl>1</priceIncl>`,
		"of nobody knows":    `<articleNumber>5</articleNumber><priceIncl>1</priceIncl>`,
		"grants nothing":     `<articleNumber>100101</articleNumber>`,
		"grants two":         `<articleNumber>100101</articleNumber><discountPercentage>1</discountPercentage><priceIncl>1</priceIncl>`,
		"below zero":         `<articleNumber>100101</articleNumber><priceIncl>-1</priceIncl>`,
		"from below nothing": `<articleNumber>100101</articleNumber><minimumAmount>-1</minimumAmount><priceIncl>1</priceIncl>`,
	} {
		require.Equal(t, "UPDATE-RELATION-RESULT-FAILED", f.relationPrices("", discountRow(row)).text("result"), name)
	}
	twice := discountRow(`<articleNumber>100101</articleNumber><priceIncl>1</priceIncl>`)
	require.Equal(t, "UPDATE-RELATION-RESULT-FAILED", f.relationPrices("", twice+twice).text("result"), "the same twice")
	for _, list := range []string{
		`<priceGroupList><priceGroup><priceGroupNumber>77</priceGroupNumber><priceIncl>1</priceIncl></priceGroup></priceGroupList>`,
		`<salesPriceList><salesPrice><salesPriceNumber>77</salesPriceNumber><priceIncl>1</priceIncl></salesPrice></salesPriceList>`,
	} {
		require.Equal(t, "UPDATE-PRODUCT-RESULT-FAILED", f.ask("updateProduct",
			`<product><productNumber>5001</productNumber><articleList><article><articleNumber>100101</articleNumber>`+list+`</article></articleList></product>`).text("result"))
	}
	require.Len(t, f.ask("getSalesPriceList", "").all("salesPrice"), 2)
	more := start(t, sandbox.Options{MorePriceGroups: sandbox.PriceGroupNumbers{77}})
	require.Len(t, more.ask("getPriceGroupList", "").all("priceGroup"), 3)
	more.article(`<priceGroupList><priceGroup><priceGroupNumber>77</priceGroupNumber><priceIncl>1</priceIncl></priceGroup></priceGroupList>`)
}

func TestPriceLists_ARowKeepsItsIdWhileItStands(t *testing.T) {
	t.Parallel()
	ids := func(f *foreign) []string {
		return f.ask("getRelation", `<relationNumber>1</relationNumber>`).texts("relation/relationArticleDiscountList/relationArticleDiscount/relationArticleDiscountId")
	}
	one := discountRow(`<articleNumber>100101</articleNumber><priceIncl>1</priceIncl>`)
	two := discountRow(`<articleNumber>100102</articleNumber><priceIncl>1</priceIncl>`)
	for how, want := range map[sandbox.PriceLists][]string{sandbox.PriceListsReplace: {"2"}, sandbox.PriceListsMerge: {"1", "2"}, sandbox.PriceListsIgnore: nil} {
		f := start(t, sandbox.Options{PriceLists: how})
		f.relationPrices("", one)
		f.relationPrices("", two)
		require.Equal(t, want, ids(f), how)
	}
}
