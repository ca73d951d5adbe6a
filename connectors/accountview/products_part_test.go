package accountview_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
)

// emptyShop are books with nothing to sell, and a clock that the test sets.
func emptyShop(t *testing.T, clock *atomic.Int64, change func(*accountview.Settings)) opened {
	t.Helper()
	options := sandbox.Options{
		CustomColumns: sandbox.On,
		Shop:          sandboxkit.Shop{Groups: sandboxkit.SeedShop().Groups, Customers: sandboxkit.SeedShop().Customers[:1]},
	}
	if clock != nil {
		options.Now = func() time.Time { return time.Unix(clock.Load(), 0) }
	}
	return openSandboxWith(t, options, func(s *accountview.Settings) {
		s.Articles.VariantOfField = "K1_VAN"
		s.Articles.Attributes = map[string]string{"colour": "K1_KLEUR"}
		if change != nil {
			change(s)
		}
	})
}

func article(code, variantOf string, more ...string) sandbox.ArticleDump {
	a := sandbox.ArticleDump{"ART_CODE": code, "ART_DESC1": "Article " + code, "PX_SELL": "9.95", "AG_CODE": "KPAN"}
	if variantOf != "" {
		a["K1_VAN"] = variantOf
	}
	for i := 0; i+1 < len(more); i += 2 {
		a[more[i]] = more[i+1]
	}
	return a
}

// described is what a product is, without what it costs: its code and those of its variants.
func described(p domain.Product) string {
	var codes []string
	for _, v := range p.Variants {
		codes = append(codes, v.SKU)
	}
	return strings.Join(append([]string{p.SKU}, codes...), " ")
}

func allProducts(t *testing.T, b *accountview.Books, part connectors.Part) (found []string, newest time.Time) {
	t.Helper()
	for range 10_000 {
		page, err := b.Products(t.Context(), part)
		require.NoError(t, err)
		for _, r := range page.Records {
			require.NoError(t, r.Fault)
			found = append(found, described(r.Product))
		}
		if page.Newest.After(newest) {
			newest = page.Newest
		}
		if part.After = page.Next; page.Next == "" {
			return found, newest
		}
	}
	require.Fail(t, "the list never ends")
	return nil, newest
}

var pagings = []accountview.Paging{accountview.PagingLastKey, accountview.PagingPageNumber}

// TestProducts_EachComesOnceAndWholeWhateverThePages: families that lie across pages,
// heads before, between and after their variants, heads that are no article.
func TestProducts_EachComesOnceAndWholeWhateverThePages(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 5))
			size := 1 + random.IntN(9)
			o := emptyShop(t, nil, func(s *accountview.Settings) {
				s.Paging, s.PageSize = pagings[seed%2], size
			})
			want := map[string][]string{} // variants by product
			var dumps []sandbox.ArticleDump
			for i := range 60 {
				code := fmt.Sprintf("A%03d", random.IntN(400)*2)
				if slices.ContainsFunc(dumps, func(d sandbox.ArticleDump) bool { return d["ART_CODE"] == code }) {
					continue
				}
				if family := random.IntN(12); family < 8 && i > 5 {
					head := fmt.Sprintf("A%03d", family*98+1) // odd: an article of its own only sometimes
					dumps = append(dumps, article(code, head, "K1_KLEUR", code))
					want[head] = append(want[head], code)
					continue
				}
				dumps = append(dumps, article(code, ""))
				want[code] = nil
			}
			for head, variants := range want {
				if len(variants) > 0 && random.IntN(2) == 0 {
					dumps = append(dumps, article(head, ""))
				}
			}
			require.NoError(t, o.sandbox.PutArticles(dumps...))
			var expected []string
			for head, variants := range want {
				slices.Sort(variants)
				expected = append(expected, strings.Join(append([]string{head}, variants...), " "))
			}
			for _, limit := range []int{1, 3, 7, 500} {
				found, _ := allProducts(t, o.books, connectors.Part{Limit: limit})
				require.ElementsMatch(t, expected, found, "pages of %d, calls of %d", limit, size)
			}
			for _, head := range slices.Collect(maps.Keys(want))[:5] {
				byCode, err := o.books.ProductsByCode(t.Context(), []string{head})
				require.NoError(t, err)
				if len(byCode) > 0 { // a head that is no article is found by its variants only
					require.Contains(t, expected, described(byCode[0].Product), "as named records tell it")
				}
			}
		})
	}
}

func TestProducts_ADeltaBringsWhatChangedWithItsWholeFamily(t *testing.T) {
	t.Parallel()
	for _, paging := range pagings {
		t.Run(string(paging), func(t *testing.T) {
			t.Parallel()
			var clock atomic.Int64
			monday := time.Date(2026, 6, 1, 9, 0, 0, 0, domain.Amsterdam())
			clock.Store(monday.Unix())
			o := emptyShop(t, &clock, func(s *accountview.Settings) { s.Paging, s.PageSize = paging, 2 })
			require.NoError(t, o.sandbox.PutArticles(
				article("100", ""), article("110", "SHIRT"), article("150", ""), article("170", "SHIRT"), article("190", "SHIRT"), article("SHIRT", ""),
				article("200", "HAT"), article("210", "HAT"),
			))
			_, newest := allProducts(t, o.books, connectors.Part{Limit: 3})
			require.Equal(t, monday.Unix(), newest.Unix())

			clock.Store(monday.Add(time.Hour).Unix())
			require.NoError(t, o.sandbox.PutArticles(
				article("150", ""), article("170", "SHIRT"), article("190", "SHIRT"), article("SHIRT", ""), article("210", "HAT"),
				sandbox.ArticleDump{"ART_CODE": "100", "QTY_AVAIL": "4"},
			))
			for _, limit := range []int{1, 2, 100} {
				part := connectors.Part{Limit: limit, Since: monday.Add(30 * time.Minute)}
				found, newest := allProducts(t, o.books, part)
				require.ElementsMatch(t, []string{"150", "SHIRT 110 170 190", "HAT 200 210"}, found, "stock alone is no change")
				require.Equal(t, monday.Add(time.Hour).Unix(), newest.Unix())
				part.Since = monday.Add(2 * time.Hour)
				found, newest = allProducts(t, o.books, part)
				require.Empty(t, found)
				require.Zero(t, newest)
				part.Since = newest.Add(time.Hour) // the overlap: the very second counts
			}
			found, _ := allProducts(t, o.books, connectors.Part{Limit: 100, Since: monday.Add(time.Hour)})
			require.Len(t, found, 3, "the moment itself is included")
		})
	}
}

func TestProducts_TheFilterOfTheBooksLeavesOutBeforeTheyAnswer(t *testing.T) {
	t.Parallel()
	for _, paging := range pagings {
		o := emptyShop(t, nil, func(s *accountview.Settings) { s.Paging, s.PageSize = paging, 2 })
		require.NoError(t, o.sandbox.PutArticles(
			article("100", "SHIRT", "REC_BLK", "true"), article("110", "SHIRT"), article("120", "", "REC_BLK", "true"), article("130", ""), article("140", "SHIRT"),
		))
		found, _ := allProducts(t, o.books, connectors.Part{Limit: 1, Where: "!article.rec_blk"})
		require.ElementsMatch(t, []string{"SHIRT 100 110 140", "130"}, found, "a family stays whole when one of it passes")
		codes, err := o.books.ProductCodes(t.Context(), connectors.Part{Limit: 10, Where: "!article.rec_blk"})
		require.NoError(t, err)
		require.Equal(t, connectors.Page[string]{Records: []string{"110", "130", "140"}}, codes)

		_, err = o.books.Products(t.Context(), connectors.Part{Limit: 10, Where: "article.nosuch = 1"})
		f, _ := fault.As(err)
		require.Equal(t, []any{fault.Misconfigured, "list_refused"}, []any{f.Kind, f.Code})
	}
}

func TestProducts_WithoutAColumnOfChangesEveryRunReadsAll(t *testing.T) {
	t.Parallel()
	o := emptyShop(t, nil, func(s *accountview.Settings) { s.Articles.ChangedField = "" })
	require.NoError(t, o.sandbox.PutArticles(article("100", ""), article("110", "")))
	found, newest := allProducts(t, o.books, connectors.Part{Limit: 10, Since: time.Now().Add(time.Hour)})
	require.Len(t, found, 2)
	require.Zero(t, newest)
}

func TestProductCodes_ReadTheKeyOnlyInGreatPages(t *testing.T) {
	t.Parallel()
	for name := range variants {
		o := openSandbox(t, name)
		var codes []string
		for part := (connectors.Part{Limit: 70}); ; {
			page, err := o.books.ProductCodes(t.Context(), part)
			require.NoError(t, err)
			codes = append(codes, page.Records...)
			if part.After = page.Next; page.Next == "" {
				break
			}
		}
		require.Len(t, codes, len(sandboxkit.SeedShop().Articles), name)
		require.Len(t, slices.Compact(slices.Sorted(slices.Values(codes))), len(codes))
	}
}

// TestProducts_NoFaultPassesOffAPartAsTheWhole: whatever goes wrong between pages, a
// run either tells, or brings every product.
func TestProducts_NoFaultPassesOffAPartAsTheWhole(t *testing.T) {
	t.Parallel()
	for _, paging := range pagings {
		for _, kind := range sandboxkit.Kinds() {
			if kind == sandboxkit.Hang || kind == sandboxkit.Latency || kind == sandboxkit.Late {
				continue
			}
			t.Run(fmt.Sprintf("%s %s", paging, kind), func(t *testing.T) {
				t.Parallel()
				o := emptyShop(t, nil, func(s *accountview.Settings) { s.Paging, s.PageSize = paging, 3 })
				var dumps []sandbox.ArticleDump
				for i := range 31 {
					dumps = append(dumps, article(fmt.Sprint(100+i), map[bool]string{true: "SHIRT"}[i%7 == 0]))
				}
				require.NoError(t, o.sandbox.PutArticles(dumps...))
				require.NoError(t, o.sandbox.Faults().Add(sandboxkit.Rule{Kind: kind, Operation: "GET AK1", Share: 0.3, Calls: 6, Seconds: 1, Seed: 3}))
				want := 31 - 5 + 1
				found := map[string]bool{}
				for part, tries := (connectors.Part{Limit: 5}), 0; ; {
					page, err := o.books.Products(t.Context(), part)
					if err != nil {
						tries++
						require.Less(t, tries, 20, "%v", err)
						f, known := fault.As(err)
						require.True(t, known && f.Kind.Retryable(), "%v", err)
						continue // as an activity does: the same page again
					}
					for _, r := range page.Records {
						found[described(r.Product)] = true
					}
					if part.After = page.Next; page.Next == "" {
						break
					}
				}
				require.Len(t, found, want)
				require.Contains(t, found, "SHIRT 100 107 114 121 128")
			})
		}
	}
}

func TestProducts_NumberedPagesFollowAListThatShifts(t *testing.T) {
	t.Parallel()
	o := emptyShop(t, nil, func(s *accountview.Settings) { s.Paging, s.PageSize = accountview.PagingPageNumber, 4 })
	var dumps []sandbox.ArticleDump
	for i := range 40 {
		dumps = append(dumps, article(fmt.Sprint(100+i), ""))
	}
	require.NoError(t, o.sandbox.PutArticles(dumps...))
	found := map[string]int{}
	for part, page := (connectors.Part{Limit: 8}), 0; ; page++ {
		got, err := o.books.Products(t.Context(), part)
		require.NoError(t, err)
		for _, r := range got.Records {
			found[r.Product.SKU]++
		}
		if part.After = got.Next; got.Next == "" {
			break
		}
		switch page {
		case 0: // articles that were read go away, more than one page of them
			for _, code := range []string{"100", "101", "102", "103", "104"} {
				require.NoError(t, o.sandbox.RemoveArticle(code))
			}
		case 1: // and others come, before the place
			require.NoError(t, o.sandbox.PutArticles(article("001", ""), article("002", ""), article("003", "")))
		}
	}
	for i := range 40 {
		require.Equal(t, 1, found[fmt.Sprint(100+i)], "%d", 100+i)
	}
}

func TestProducts_AFullRunOfTwentyThousandKeepsNothing(t *testing.T) {
	t.Parallel()
	o := emptyShop(t, nil, func(s *accountview.Settings) { s.Articles.VariantOfField, s.PageSize, s.MaxPageSize = "", 1000, 1000 })
	dumps := make([]sandbox.ArticleDump, 0, 20_000)
	for i := range 20_000 {
		dumps = append(dumps, article(fmt.Sprint(100_000+i), ""))
	}
	require.NoError(t, o.sandbox.PutArticles(dumps...))
	before := o.sandbox.Calls().Report().Operations["GET AK1"]
	found, _ := allProducts(t, o.books, connectors.Part{Limit: 1000})
	require.Len(t, found, 20_000)
	require.LessOrEqual(t, o.sandbox.Calls().Report().Operations["GET AK1"]-before, 21, "one call a page")
}

func TestArticleImages_AreReadApartAndNeverWithEveryArticle(t *testing.T) {
	t.Parallel()
	o := emptyShop(t, nil, func(s *accountview.Settings) {
		s.Articles.ImageNameField, s.Articles.ImageDataField, s.MaxBody = "img_medium", "img_m_data", 20_000
	})
	const png = "iVBORw0KGgo"
	require.NoError(t, o.sandbox.PutArticles(
		article("PAN-1", "", "IMG_MEDIUM", `\\SERVER\AV\pan.png`, "IMG_M_DATA", "iVBO\r\nRw0K Ggo="), article("PAN-2", "", "IMG_M_DATA", "data:image/png;base64,"+png),
		article("PAN-3", ""), article("PAN-4", "", "IMG_M_DATA", "no picture"),
	))
	read := func(largest int, codes ...string) map[string]string {
		images, err := o.books.ArticleImages(t.Context(), codes, largest)
		require.NoError(t, err)
		got := map[string]string{}
		for _, image := range images {
			if f, refused := fault.As(image.Fault); refused {
				require.Equal(t, fault.Invalid, f.Kind)
				require.Empty(t, image.Data)
				got[image.SKU] = f.Code
				continue
			}
			require.Equal(t, []byte("\x89PNG\r\n\x1a\n"), image.Data)
			got[image.SKU] = image.Name + " " + image.Type
		}
		return got
	}
	all := []string{"pan-1", "PAN-2", "PAN-3", "PAN-4", "NOSUCH", ""}
	require.Equal(t, map[string]string{"pan-1": "pan.png image/png", "PAN-2": "PAN-2 image/png", "PAN-4": "image_unreadable"}, read(1000, all...))
	require.Equal(t, map[string]string{"pan-1": "image_too_large", "PAN-2": "image_too_large", "PAN-4": "image_unreadable"}, read(7, all...))
	require.NoError(t, o.sandbox.PutArticles(article("PAN-5", "", "IMG_M_DATA", strings.Repeat("iVBO", 10_000))))
	require.Equal(t, map[string]string{"PAN-2": "PAN-2 image/png", "PAN-5": "image_too_large"}, read(1_000_000, "PAN-2", "PAN-5"), "more than an answer may be holds up no other")
	require.NoError(t, o.sandbox.RemoveArticle("PAN-5"))

	page, err := o.books.Products(t.Context(), connectors.Part{Limit: 10})
	require.NoError(t, err)
	require.Len(t, page.Records, 4)
	require.NotContains(t, page.Records[0].Product.Custom, "IMG_M_DATA")
	require.NotEmpty(t, page.Records[0].Product.Custom["IMG_MEDIUM"], "all other columns come along")

	off := emptyShop(t, nil, nil)
	require.NoError(t, off.sandbox.PutArticles(article("PAN-1", "", "IMG_M_DATA", "iVBORw0K")))
	none, err := off.books.ArticleImages(t.Context(), []string{"PAN-1"}, 1000)
	require.NoError(t, err)
	require.Empty(t, none, "a document that names no column has no pictures")
	wrong := emptyShop(t, nil, func(s *accountview.Settings) { s.Articles.ImageDataField = "NOSUCH" })
	_, err = wrong.books.ArticleImages(t.Context(), []string{"PAN-1"}, 1000)
	require.True(t, fault.Is(err, fault.Misconfigured), "%v", err)
}

func TestProducts_AnArticleMayHaveSeveralEANs(t *testing.T) {
	t.Parallel()
	o := emptyShop(t, nil, func(s *accountview.Settings) { s.Articles.EANFields = []string{"EAN_CODE", "K1_EAN2"} })
	require.NoError(t, o.sandbox.PutArticles(article("PAN-1", "", "EAN_CODE", "8719001001016", "K1_EAN2", "96385074; 8719001001016, 12345678")))
	page, err := o.books.Products(t.Context(), connectors.Part{Limit: 10})
	require.NoError(t, err)
	p := page.Records[0].Product
	require.Len(t, p.Barcodes, 4)
	require.Equal(t, "8719001001016", p.EAN())
	require.Equal(t, []string{"96385074"}, p.OtherEANs(), "each once, and none with a wrong digit")
}

func TestCategories_OfTheSandboxStandInATreeWithTheSwitchOnly(t *testing.T) {
	t.Parallel()
	tree := openSandboxWith(t, sandbox.Options{GroupTree: sandbox.On}, func(s *accountview.Settings) { s.Articles.GroupParentField = "AG_PARENT" })
	all, err := tree.books.Categories(t.Context())
	require.NoError(t, err)
	parents := map[string]string{}
	for _, c := range all {
		parents[c.Code] = c.Parent
	}
	for _, g := range sandboxkit.SeedShop().Groups {
		require.Equal(t, g.Parent, parents[g.Code], g.Code)
	}
	flat := openSandboxWith(t, sandbox.Options{}, func(s *accountview.Settings) { s.Articles.GroupParentField = "AG_PARENT" })
	all, err = flat.books.Categories(t.Context())
	require.NoError(t, err)
	for _, c := range all {
		require.Empty(t, c.Parent)
	}
}
