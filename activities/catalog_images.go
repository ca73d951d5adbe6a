package activities

import (
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// entityImage is under what it is remembered which picture of an article is at the till.
const entityImage = "image"

// Names of what is remembered of a picture.
const (
	imageHash    = "hash"    // of the content that was tried last
	imageNumber  = "number"  // of our picture at the till; empty: none came there
	imageArticle = "article" // number of the article whose card it is on
	imageMost    = "most"    // what was the largest that could go when it was refused; empty: it was not
)

// pictured is an article whose picture may have to go to the till.
type pictured struct {
	record  *productRow
	article string // its number at the till
}

// imaging takes pictures of one page to the till.
type imaging struct {
	*carriage
	w      *writing[connectors.ProductRecord]
	books  connectors.ImageSource
	till   connectors.ImageSink
	by     map[string]pictured // by article code
	memory map[string]map[string]string
}

// follow brings the pictures of articles that are at the till, a few at a time: what
// does not go never keeps an article back.
func (c *productCarrier) follow(ctx context.Context, w *writing[connectors.ProductRecord], rs []*productRow) error {
	of := c.doc.Flows.Products
	if !of.Images.Enabled || !of.Content {
		return nil
	}
	i := &imaging{carriage: c.carriage, w: w, by: map[string]pictured{}}
	var codes []string
	for _, r := range rs {
		if r.fault != nil || r.leftOut != "" || r.target == "" || r.outcome != OutcomeCreated && (r.outcome != OutcomeUpdated && r.outcome != OutcomeInPlace || !of.Update) {
			continue
		}
		for _, sold := range r.source.Product.Sold() {
			if number := c.numbers[sold.SKU]; number != "" && r.hasArticle(number) {
				i.by[sold.SKU] = pictured{r, number}
				codes = append(codes, sold.SKU)
			}
		}
	}
	if len(codes) == 0 {
		return nil
	}
	var err error
	if i.books, err = c.Catalogue.ImageSource(ctx, c.Integration, c.doc.Version); err != nil {
		return err
	}
	if i.till, err = c.Catalogue.ImageSink(ctx, c.Integration, c.doc.Version); err != nil {
		return err
	}
	for few := range slices.Chunk(codes, imagesAtOnce(of.Images.Most())) {
		if err := i.bring(ctx, few); err != nil {
			return err
		}
	}
	return nil
}

// hasArticle reports whether the till's product has an article, as far as anybody looked.
func (r *record[T]) hasArticle(number string) bool {
	if r.held == nil {
		return true
	}
	is := func(l connectors.HeldRecord) bool { return l.Number == number }
	return slices.ContainsFunc(r.held.Lines, is) ||
		r.outcome == OutcomeUpdated && slices.ContainsFunc(r.changes.Lines, func(l domain.Draft) bool { return l.Key == number })
}

// Bounds of one reading of pictures.
const (
	mostImages     = 20
	mostImageBytes = 8 << 20
)

func imagesAtOnce(largest int) int { return max(1, min(mostImages, mostImageBytes/largest)) }

func (i *imaging) bring(ctx context.Context, codes []string) (err error) {
	if i.memory, err = i.written().List(ctx, i.Integration, entityImage, codes); err != nil {
		return err
	}
	var images []connectors.ArticleImage
	err = patiently(ctx, func() error {
		images, err = i.books.ArticleImages(ctx, codes, i.doc.Flows.Products.Images.Most())
		return err
	})
	if err != nil {
		return err
	}
	beat(ctx, "read pictures")
	for _, image := range images {
		if err := i.bringOne(ctx, image); err != nil {
			return err
		}
	}
	return i.w.keepLease(ctx)
}

// bringOne sends a picture that is not the one that was sent, or refused, before.
func (i *imaging) bringOne(ctx context.Context, image connectors.ArticleImage) error {
	of, was := i.by[image.SKU], i.memory[image.SKU]
	most := fmt.Sprint(i.doc.Flows.Products.Images.Most())
	anew := of.record.outcome == OutcomeCreated || was[imageArticle] != of.article
	if !anew && was[imageHash] == image.Content && (was[imageMost] == "" || was[imageMost] == most) {
		return nil
	}
	now := map[string]string{imageHash: image.Content, imageArticle: of.article}
	if !anew {
		now[imageNumber] = was[imageNumber]
	}
	err := image.Fault
	if err == nil {
		replaces := now[imageNumber]
		err = patiently(ctx, func() (err error) {
			now[imageNumber], err = i.put(ctx, of.article, image, replaces)
			return err
		})
		beat(ctx, "sent a picture")
		if err != nil {
			now[imageNumber] = replaces
		}
	}
	f, known := fault.As(err)
	switch {
	case err == nil:
		return i.remember(ctx, image.SKU, now, nil)
	case known && f.Kind == fault.Uncertain: // the next run looks whether it is there
		err := db.Q.CatalogLookAgain(ctx, i.DB, store.CatalogLookAgainParams{
			Integration: i.Integration, Entity: string(i.entity), SourceIds: []string{of.record.key},
		})
		if err != nil {
			return fmt.Errorf("note what is to be looked at again: %w", err)
		}
		return nil
	case known && (f.Kind == fault.Invalid || f.Kind == fault.Rejected || f.Kind == fault.NotFound || f.Kind == fault.Conflict):
		now[imageMost] = most
		return i.remember(ctx, image.SKU, now, f)
	default:
		return err
	}
}

// put puts a picture on the card of an article and gives its number. The till takes no
// key, so the name of a picture tells its content: after an unclear answer the card says
// whether it is there, and one that was kept without being shown is harmless. The new
// one takes the place of ours; what others put on the card stays.
func (i *imaging) put(ctx context.Context, article string, image connectors.ArticleImage, replaces string) (string, error) {
	held, err := i.till.HeldImages(ctx, []string{article})
	if err != nil {
		return "", err
	}
	shown := held[article]
	image.Name = nameOfContent(image)
	if at := slices.IndexFunc(shown, func(h connectors.HeldImage) bool { return h.Name == image.Name }); at >= 0 {
		return shown[at].ID, nil
	}
	id, err := i.till.CreateImage(ctx, image.Image)
	if err != nil {
		return "", err
	}
	next := connectors.HeldImage{ID: id}
	if at := slices.IndexFunc(shown, func(h connectors.HeldImage) bool { return h.ID == replaces }); at >= 0 && replaces != "" {
		next.Labels = shown[at].Labels
		shown[at] = next
	} else {
		shown = append(shown, next)
	}
	return id, i.till.ShowImages(ctx, article, shown)
}

// Bounds of the name of a picture, in characters.
const (
	longestImageName = 60 // beside what tells the content
	markOfContent    = 16
)

// nameOfContent is the name of a file with a mark of what is in it.
func nameOfContent(image connectors.ArticleImage) string {
	ext := path.Ext(image.Name)
	stem := []rune(strings.TrimSuffix(image.Name, ext))
	return string(stem[:min(len(stem), longestImageName)]) + "-" + image.Content[:markOfContent] + ext
}

// remember notes what became of a picture. One that was refused is told once.
func (i *imaging) remember(ctx context.Context, sku string, now map[string]string, refused *fault.Error) error {
	r := i.by[sku].record
	err := i.inTx(ctx, func(tx pgx.Tx) error {
		if err := i.written().Put(ctx, tx, db.LinkKey{Integration: i.Integration, Entity: entityImage, SourceID: sku}, now); err != nil {
			return err
		}
		if refused == nil {
			return nil
		}
		told := []domain.Decision{{Code: refused.Code, About: sku}}
		return i.outcomeOf(ctx, tx, r.key, r.outcome, connectors.CodeImageRefused, r.target, told)
	})
	if err == nil && refused != nil {
		i.w.count.Why = added(i.w.count.Why, map[string]int{connectors.CodeImageRefused: 1})
	}
	return err
}
