package activities_test

import (
	"context"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// gallery is a catalogue with pictures.
type gallery struct {
	*catalogue
	books   map[string]string // content by article code
	kept    []connectors.Image
	shown   map[string][]connectors.HeldImage // by article number
	asked   int                               // the most codes of one reading
	reads   int
	uploads int
	answers func(image connectors.Image) error
	unclear error // how showing pictures ends, though it is done
}

func (g *gallery) ImageSource(context.Context, string, int) (connectors.ImageSource, error) {
	return g, nil
}

func (g *gallery) ImageSink(context.Context, string, int) (connectors.ImageSink, error) {
	return g, nil
}

func (g *gallery) ArticleImages(_ context.Context, codes []string, largest int) ([]connectors.ArticleImage, error) {
	g.reads++
	g.asked = max(g.asked, len(codes))
	var all []connectors.ArticleImage
	for _, code := range codes {
		content, has := g.books[code]
		if !has {
			continue
		}
		image := connectors.ArticleImage{SKU: code, Content: connectors.ContentOf([]byte(content)), Image: connectors.Image{Name: "a.png", Type: "image/png", Data: []byte(content)}}
		if len(content) > largest {
			image.Image, image.Fault = connectors.Image{}, fault.New(fault.Invalid, connectors.CodeImageTooLarge, "read")
		}
		all = append(all, image)
	}
	return all, nil
}

func (g *gallery) HeldImages(_ context.Context, articles []string) (map[string][]connectors.HeldImage, error) {
	held := map[string][]connectors.HeldImage{}
	for _, article := range articles {
		held[article] = slices.Clone(g.shown[article])
	}
	return held, nil
}

func (g *gallery) CreateImage(_ context.Context, image connectors.Image) (string, error) {
	g.uploads++
	if g.answers != nil {
		if err := g.answers(image); err != nil {
			return "", err
		}
	}
	g.kept = append(g.kept, image)
	return strconv.Itoa(len(g.kept)), nil
}

func (g *gallery) ShowImages(_ context.Context, article string, images []connectors.HeldImage) error {
	for i := range images {
		if n, err := strconv.Atoi(images[i].ID); err == nil {
			images[i].Name = g.kept[n-1].Name
		}
	}
	g.shown[article] = images
	return g.unclear
}

// on is what the cards of the till show, by article.
func (g *gallery) on() map[string][]string {
	cards := map[string][]string{}
	for article, images := range g.shown {
		for _, held := range images {
			content := held.ID
			if n, err := strconv.Atoi(held.ID); err == nil {
				content = string(g.kept[n-1].Data)
			}
			cards[article] = append(cards[article], content)
		}
	}
	return cards
}

const withImages = `
integration: shop
accountview: {base_url: "http://127.0.0.1:1/api/v3", company_id: 7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11, client_id: koppel-sandbox, timeout: 1s, assumptions: {articles: {image_data_field: IMG_M_DATA}}}
mplus: {base_url: "http://127.0.0.1:2"}
flows: {orders: {settle_time: 150ms}, products: {full_at: '', `

const articleRows = `}}
mapping:
  product:
    - {target: articleNumber, source: product.number, policy: on_create}
    - {target: description, source: product.name}
`

func newGallery(t *testing.T, products string) (*shelf, *gallery) {
	t.Helper()
	s := &shelf{newDesk(t), newCatalogue()}
	g := &gallery{catalogue: s.catalogue, books: map[string]string{}, shown: map[string][]connectors.HeldImage{}}
	s.Catalogue = g
	s.apply(withImages + products + articleRows)
	return s, g
}

func TestImages_GoOnceAndAgainOnlyWhenThePictureChanges(t *testing.T) {
	t.Parallel()
	s, g := newGallery(t, "images: {enabled: true}")
	s.put(morning, goods(1, 50)...)
	for _, p := range goods(1, 50) {
		g.books[p.SKU] = "picture of " + p.SKU
	}
	delete(g.books, "100050")
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, activities.CatalogCount{Read: 50, Created: 50}, count)
	require.Equal(t, 49, g.uploads)
	require.LessOrEqual(t, g.asked, 20, "a page of pictures is never in memory")

	g.uploads = 0
	for _, in := range []activities.CarryInput{{}, {Full: true}, {Keys: []string{"100001"}}} {
		s.carry(in)
	}
	require.Zero(t, g.uploads)

	g.books["100002"] = "another"
	g.shown["100002"] = append(g.shown["100002"], connectors.HeldImage{ID: "by hand"})
	s.carry(activities.CarryInput{Keys: []string{"100002"}})
	require.Equal(t, []string{"another", "by hand"}, g.on()["100002"], "in the place of ours, and of no other")
}

func TestImages_AreOffByDefaultAndWithoutContent(t *testing.T) {
	t.Parallel()
	for _, products := range []string{"", "images: {enabled: false}", "images: {enabled: true}, content: false"} {
		s, g := newGallery(t, products)
		s.put(morning, goods(1, 1)...)
		g.books["100001"] = "picture"
		s.carry(activities.CarryInput{})
		require.Zero(t, g.reads, products)
	}
}

func TestImages_ABadPictureKeepsNothingBackAndIsToldOnce(t *testing.T) {
	t.Parallel()
	s, g := newGallery(t, "images: {enabled: true, largest: 1}")
	s.put(morning, goods(1, 3)...)
	large := string(make([]byte, 2000))
	g.books["100001"], g.books["100002"], g.books["100003"] = large, "bad", "good"
	g.answers = func(image connectors.Image) error {
		if string(image.Data) == "bad" {
			return fault.New(fault.Rejected, connectors.CodeImageRefused, "createImage")
		}
		return nil
	}
	count, _ := s.carry(activities.CarryInput{})
	require.Equal(t, activities.CatalogCount{Read: 3, Created: 3, Why: map[string]int{connectors.CodeImageRefused: 2}}, count)
	require.Len(t, g.on(), 1)
	require.Empty(t, s.parked())
	var told int
	require.NoError(t, s.pool.QueryRow(t.Context(), "select count(*) from outcome where code = 'image_refused' and decisions @> '[{\"code\": \"image_too_large\"}]'").Scan(&told))
	require.Equal(t, 1, told)

	g.uploads = 0
	count, _ = s.carry(activities.CarryInput{Full: true})
	require.Empty(t, count.Why, "not again until it changes")
	require.Zero(t, g.uploads)
	g.books["100002"] = "better"
	s.carry(activities.CarryInput{Full: true})
	require.Equal(t, []string{"better"}, g.on()["100002"])
	s.apply(withImages + "images: {enabled: true, largest: 2}" + articleRows)
	s.carry(activities.CarryInput{Full: true})
	require.Equal(t, []string{large}, g.on()["100001"], "or until more may go")
}

func TestImages_AfterAnUnclearAnswerTheNextRunSendsItAgain(t *testing.T) {
	t.Parallel()
	s, g := newGallery(t, "images: {enabled: true}, overlap: 0s")
	s.put(morning, goods(1, 1)...)
	s.put(morning.Add(time.Hour), goods(2, 2)...)
	g.books["100001"] = "picture"
	g.answers = func(connectors.Image) error { return fault.New(fault.Uncertain, "answer_lost", "createImage") }
	s.carry(activities.CarryInput{})
	require.Empty(t, g.on())
	g.answers, g.unclear = nil, fault.New(fault.Uncertain, "answer_lost", "saveCardImages")
	s.carry(activities.CarryInput{})
	require.Len(t, g.on()["100001"], 1)
	g.unclear, g.uploads = nil, 0
	for range 2 {
		s.carry(activities.CarryInput{})
	}
	require.Zero(t, g.uploads, "it is seen to be there")
	require.Len(t, g.on()["100001"], 1)
}

func TestImages_OfVariantsGoToTheArticleOfEach(t *testing.T) {
	t.Parallel()
	s, g := newGallery(t, "images: {enabled: true}")
	s.put(morning, domain.Product{SKU: "SHIRT", Name: "Shirt", Variants: []domain.Variant{{SKU: "201", Name: "Red"}, {SKU: "202", Name: "Blue"}}})
	g.books["202"], g.books["SHIRT"] = "blue", "not sold"
	s.carry(activities.CarryInput{})
	require.Equal(t, map[string][]string{"202": {"blue"}}, g.on())
	rows, err := db.Q.CatalogGet(t.Context(), s.pool, store.CatalogGetParams{Integration: "shop", Entity: "product", SourceIds: []string{"SHIRT"}})
	require.NoError(t, err)
	require.Equal(t, activities.OutcomeCreated, rows[0].Outcome)
}
