package app

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/testsuite"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	bookbox "github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/connectors/mplus"
	tillbox "github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/testkit"
)

// productShop is both sandboxes with the flow of products between them. Its books
// begin without articles.
type productShop struct {
	connectors.CatalogDirectory
	bothSandboxes
	t    *testing.T
	desk *activities.Desk
}

func (s *productShop) ProductSource(context.Context, string, int) (connectors.ProductSource, error) {
	return s.books, nil
}

func (s *productShop) ProductSink(context.Context, string, int) (connectors.ProductSink, error) {
	return s.till, nil
}

func (s *productShop) ImageSource(context.Context, string, int) (connectors.ImageSource, error) {
	return s.books, nil
}

func (s *productShop) ImageSink(context.Context, string, int) (connectors.ImageSink, error) {
	return s.till, nil
}

func openProductShop(t *testing.T, options tillbox.Options) *productShop {
	t.Helper()
	pool := testkit.Database(t)
	s := &productShop{t: t}
	seed := sandboxkit.SeedShop()
	s.bothSandboxes = openBothSandboxes(t, bookbox.Options{CustomColumns: bookbox.On, Shop: sandboxkit.Shop{Groups: seed.Groups, Customers: seed.Customers[:1]}}, options)
	before, after := aroundFlows()
	before = strings.Replace(before, "\naccountview:\n", "\naccountview:\n  assumptions: {articles: {image_data_field: IMG_M_DATA}}\n", 1)
	flow := "\nflows: {orders: {settle_time: 150ms}, products: {full_at: '', gone: discontinue, gone_most: 100, images: {enabled: true}}}\n"
	_, err := db.Documents{DB: pool}.Put(t.Context(), "demo", []byte(before+flow+after), "test", "")
	require.NoError(t, err)
	s.connect(t, demoDocument(t, ""), func(books *accountview.Settings, _ *mplus.Settings) {
		books.Articles.VariantOfField, books.Articles.ImageDataField = "K1_VAN", "IMG_M_DATA"
	})
	s.desk = catalogueDesk(t, pool, s)
	return s
}

// put makes articles of the books, or changes them: code, what it is a variant of, and
// further columns.
func (s *productShop) put(code, variantOf string, more ...string) {
	s.t.Helper()
	a := bookbox.ArticleDump{"ART_CODE": code, "ART_DESC1": "Article " + code, "PX_SELL": "9.95", "AG_CODE": "KPAN", "VAT_CODE": "1", "UNT_CODE": "STUK", "K1_VAN": variantOf}
	for i := 0; i+1 < len(more); i += 2 {
		a[more[i]] = more[i+1]
	}
	require.NoError(s.t, s.bookx.PutArticles(a))
}

// full compares everything, and sweeps what is gone.
func (s *productShop) full() activities.CatalogCount {
	s.t.Helper()
	c := &activities.Catalog{Desk: s.desk}
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestActivityEnvironment()
	env.RegisterActivity(c.CarryProducts)
	env.RegisterActivity(c.SweepGone)
	value, err := env.ExecuteActivity(c.CarryProducts, activities.CarryInput{Integration: "demo", Full: true})
	require.NoError(s.t, err)
	var out activities.CarryResult
	require.NoError(s.t, value.Get(&out))
	_, err = env.ExecuteActivity(c.SweepGone, activities.SweepGoneInput{
		Integration: "demo", Flow: domain.FlowProducts, Place: out.Place, Gone: out.Gone, Known: out.Known, Approved: true,
	})
	require.NoError(s.t, err)
	return out.Count
}

// shelves are the articles of the till by product; one that is discontinued has a star.
func (s *productShop) shelves(articles ...string) []string {
	s.t.Helper()
	held, err := s.till.HeldProducts(s.t.Context(), articles)
	require.NoError(s.t, err)
	var shelves []string
	for _, product := range held {
		var numbers []string
		for _, line := range product.Lines {
			if gone, _ := (domain.Draft{Fields: line.Fields}).Get("discontinued"); gone.Bool {
				line.Number += "*"
			}
			numbers = append(numbers, line.Number)
		}
		slices.Sort(numbers)
		shelves = append(shelves, strings.Join(numbers, " "))
	}
	slices.Sort(shelves)
	return shelves
}

func TestProducts_ArticlesAreGroupedAndRegroupedAsTheBooksSay(t *testing.T) {
	t.Parallel()
	for _, moves := range []tillbox.ArticleMoves{tillbox.ArticleMovesRefused, tillbox.ArticleMovesDone} {
		s := openProductShop(t, tillbox.Options{ArticleMoves: moves})
		all := []string{"8001", "8002", "8003", "8004"}
		s.put("8001", "")
		s.put("8004", "PAN")
		require.Equal(t, 2, s.full().Created)
		s.put("8001", "SCHORT") // a simple article becomes a family, and another joins it
		s.put("8002", "SCHORT")
		require.Equal(t, 1, s.full().Updated)
		s.put("8003", "SCHORT")
		s.full()
		require.Equal(t, []string{"8001 8002 8003", "8004"}, s.shelves(all...))

		s.put("8002", "PAN") // one goes to another family
		count := s.full()
		if moves == tillbox.ArticleMovesDone {
			require.Zero(t, count.Parked)
			require.Equal(t, []string{"8001 8003", "8002 8004"}, s.shelves(all...))
		} else {
			require.Equal(t, map[string]int{connectors.CodeArticleElsewhere: 1}, count.ParkedWhy)
			require.Equal(t, []string{"8001 8002 8003", "8004"}, s.shelves(all...))
			s.put("8002", "SCHORT")
			require.Zero(t, s.full().Parked)
		}
		require.NoError(t, s.bookx.RemoveArticle("8003")) // and one goes for good
		s.full()
		require.Contains(t, strings.Join(s.shelves(all...), " "), "8003*")
		require.Equal(t, 1, strings.Count(strings.Join(s.shelves(all...), " "), "*"))
		s.tillx.Calls().Reset()
		require.Zero(t, s.full().Parked)
		require.Zero(t, s.tillx.Calls().Report().Writes)
	}
}

func TestProducts_PicturesReachTheTillOnce(t *testing.T) {
	t.Parallel()
	s := openProductShop(t, tillbox.Options{})
	picture := func(content string) string {
		return base64.StdEncoding.EncodeToString([]byte("\x89PNG\r\n\x1a\n" + content))
	}
	s.put("8001", "", "IMG_M_DATA", picture("one"))
	s.put("8002", "", "IMG_M_DATA", "no picture")
	s.put("8003", "")
	require.Equal(t, map[string]int{connectors.CodeImageRefused: 1}, s.full().Why)
	uploads := func() int { return s.tillx.Calls().Report().Operations["createImage"] }
	require.Equal(t, 1, uploads())
	require.Empty(t, s.full().Why)
	require.Equal(t, 1, uploads())
	before, err := s.till.HeldImages(t.Context(), []string{"8001", "8002"})
	require.NoError(t, err)
	require.Len(t, before["8001"], 1)
	require.Empty(t, before["8002"])
	s.put("8001", "", "IMG_M_DATA", picture("two"))
	s.full()
	after, err := s.till.HeldImages(t.Context(), []string{"8001"})
	require.NoError(t, err)
	require.Len(t, after["8001"], 1)
	require.NotEqual(t, before["8001"][0].ID, after["8001"][0].ID)
}
