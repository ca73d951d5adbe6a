package app

import (
	"context"
	"net/http/httptest"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview"
	bookbox "github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/connectors/mplus"
	tillbox "github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

func demoDocument(t *testing.T, more string) settings.Document {
	t.Helper()
	text, err := os.ReadFile("../../configs/examples/demo.yaml")
	require.NoError(t, err)
	doc, err := settings.Parse(append(text, more...))
	require.NoError(t, err)
	return doc
}

// oneToken keeps a token that is never renewed.
type oneToken struct{ token accountview.Token }

func (k oneToken) Current(context.Context) (accountview.Token, error) { return k.token, nil }

func (k oneToken) Renew(context.Context, accountview.Token, func(context.Context, secret.Text) (accountview.Token, error)) (accountview.Token, error) {
	return k.token, nil
}

// TestCatalogue_TheWholeShopOfTheBooksFitsTheTill reads every article of the
// sandbox books, maps it by the default rows, and holds it against what the
// sandbox till sells under that number.
func TestCatalogue_TheWholeShopOfTheBooksFitsTheTill(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	doc := demoDocument(t, "")
	m, err := mapping.Compile(doc.MappingRules())
	require.NoError(t, err)

	box, err := bookbox.New(bookbox.Options{})
	require.NoError(t, err)
	booksAt := httptest.NewServer(box.Handler())
	t.Cleanup(func() { booksAt.Close(); require.NoError(t, box.Close()) })
	ready := box.Ready()
	s := booksSettings(doc.AccountView, connectionSecrets{clientSecret: secret.Text(ready.ClientSecret)})
	s.BaseURL, s.CompanyID, s.ClientID = booksAt.URL+"/api/v3", ready.CompanyID, ready.ClientID
	books, err := accountview.New(s, oneToken{accountview.Token{Access: secret.Text(ready.AccessToken), Refresh: secret.Text(ready.RefreshToken)}}, nil, nil)
	require.NoError(t, err)

	till, err := tillbox.New(tillbox.Options{})
	require.NoError(t, err)
	tillAt := httptest.NewServer(till.Handler())
	t.Cleanup(func() { tillAt.Close(); require.NoError(t, till.Close()) })
	client, err := mplus.New(mplus.Settings{BaseURL: tillAt.URL, Ident: secret.Text(till.Ready().Ident), Secret: secret.Text(till.Ready().Secret), Timeout: 10 * time.Second}, mplus.Wiring{})
	require.NoError(t, err)

	var codes []string
	for _, a := range sandboxkit.SeedShop().Articles {
		codes = append(codes, strconv.FormatInt(a.Number, 10))
	}
	records, err := books.ProductsByCode(ctx, codes)
	require.NoError(t, err)
	require.Len(t, records, len(codes))
	sold := map[string]mplus.Article{}
	articles, err := client.Articles(ctx, mplus.ArticleQuery{})
	require.NoError(t, err)
	for _, a := range articles {
		sold[a.SKU] = a
	}
	product, stock := mplus.ProductSchema(mplus.OwnFields{}), mplus.StockSchema()
	day := domain.Date{Year: 2026, Month: 7, Day: 1}
	for _, r := range records {
		require.NoError(t, r.Fault)
		r.Product.Number = r.Product.SKU
		draft, err := m.Product(r.Product, day, product)
		require.NoError(t, err, r.Product.SKU)
		require.Empty(t, product.Check(draft), r.Product.SKU)
		article, want := draft.Lines[0], sold[r.Product.SKU]
		for field, text := range map[string]string{"description": want.Description, "vatCode": want.VATCode, "turnoverGroup": want.TurnoverGroup, "articleNumber": want.SKU} {
			got, _ := article.Get(field)
			require.Equal(t, text, got.Text, "%s %s", r.Product.SKU, field)
		}
		price, _ := article.Get("priceIncl")
		require.True(t, want.PriceIncl.Equal(price.Number), "%s %s", r.Product.SKU, price.Number)
		_, ean := article.Get("barcode")
		require.True(t, ean, r.Product.SKU)
		r.Stock[0].Number = r.Product.SKU
		level, err := m.Stock(r.Stock[0], day, stock)
		require.NoError(t, err)
		require.Empty(t, stock.Check(level))
	}
	categories, err := books.Categories(ctx)
	require.NoError(t, err)
	require.Len(t, categories, len(sandboxkit.SeedShop().Groups))
	for _, c := range categories {
		draft, err := m.Category(c, "", day, mplus.CategorySchema(mplus.OwnFields{}))
		require.NoError(t, err)
		require.Empty(t, mplus.CategorySchema(mplus.OwnFields{}).Check(draft))
	}
}

func TestCompiles_RefusesATargetThatNoTillHas(t *testing.T) {
	t.Parallel()
	require.NoError(t, compiles(demoDocument(t, "")))
	require.NoError(t, compiles(demoDocument(t, "mapping: {product: [{target: custom.allergens, source: product.name}]}\n")), "whether it exists only the till knows")
	err := compiles(demoDocument(t, "mapping: {product: [{target: ean, source: product.ean}], stock: [{target: amount, source: stock.sku}]}\n"))
	require.EqualError(t, err, "mapping.product[0].target: is not a field of the target\nmapping.stock[0].target: is a number there, and the source gives a text")
}

// TestBooksSettings_KeepEveryColumnOfTheDocument: a name that gets lost between
// document and connector would silently hold nothing.
func TestBooksSettings_KeepEveryColumnOfTheDocument(t *testing.T) {
	t.Parallel()
	want := accountview.Defaults().Articles
	got := articleSettings(demoDocument(t, "").AccountView.Assumptions.Articles)
	want.Attributes = map[string]string{}
	require.Equal(t, want, got, "the default document and the connector's defaults are one")
}
