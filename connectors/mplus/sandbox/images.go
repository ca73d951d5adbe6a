package sandbox

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// imageRow is one picture; cards refer to it by its number.
type imageRow struct {
	ID               int64
	Name, Mime, Hash string
	Data             string // base64; empty for one that was named by its address
	URL              string
	Created          time.Time
}

// cardKey is a card that pictures can be put on. The cards of products are those of articles.
type cardKey struct {
	kind   cardType
	number int64
}

func (k cardKey) text() string { return fmt.Sprintf("%s/%d", k.kind, k.number) }

// cardImages are the pictures of a card in the order in which it shows them.
type cardImages struct {
	Kind   cardType
	Number int64
	Images []cardImage
}

type cardImage struct {
	ID     int64
	Labels []int32
}

const (
	tableImages = "images"
	tableCards  = "cards"
	lastImage   = "number image"

	largestImage = 4 << 20 // bytes; nobody knows what the till takes
)

// imageLabels are those of the till itself, which every administration has.
var imageLabels = []imageLabelXML{
	{ID: 1, Label: "Kassa", DefaultSelection: true},
	{ID: 2, Label: "Webshop", DefaultSelection: true},
	{ID: 3, Label: "Hoofdafbeelding", SingleSelection: true},
}

func (t *till) loadImages() (images, cards error) {
	rows, images := sandboxkit.Load[imageRow](t.store, tableImages)
	shown, cards := sandboxkit.Load[cardImages](t.store, tableCards)
	t.images, t.cards = map[int64]imageRow{}, map[cardKey]cardImages{}
	for _, row := range rows {
		t.images[row.ID] = row
	}
	for _, card := range shown {
		t.cards[cardKey{card.Kind, card.Number}] = card
	}
	return images, cards
}

func (b *batch) image(row imageRow) {
	b.save(tableImages, strconv.FormatInt(row.ID, 10), row, func() { b.t.images[row.ID] = row })
}

func (b *batch) card(c cardImages) {
	key := cardKey{c.Kind, c.Number}
	b.save(tableCards, key.text(), c, func() { b.t.cards[key] = c })
}

// knownImage says whether a group may name this picture; 0 is none.
func (t *till) knownImage(id *int64) bool {
	_, known := t.images[value(id)]
	return known || value(id) == 0
}

// hasCard says whether there is such a card.
func (t *till) hasCard(kind cardType, number int64) bool {
	switch kind {
	case "PRODUCT":
		return t.article(number) != nil
	case "RELATION":
		return t.relations[number] != nil
	default:
		_, known := findEmployee(number)
		return known
	}
}

type createImageInput struct {
	Request createImageXML `xml:"request"`
}

// createImage keeps a picture. The same picture twice is two pictures: the till takes no key.
func createImage(c *call, in createImageInput) (createImageAnswer, error) {
	ask := in.Request
	data, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(string(ask.ImageData)), ""))
	switch {
	case err != nil || len(data) == 0 || !strings.HasPrefix(ask.MimeType, "image/"):
		return createImageAnswer{Result: "CREATE-IMAGE-NOT-SUPPORTED", ErrorMsg: new("This is not an image.")}, nil
	case len(data) > largestImage:
		return createImageAnswer{Result: "CREATE-IMAGE-TOO-LARGE", ErrorMsg: new("The image is too large.")}, nil
	}
	return c.keepImage(imageRow{Name: ask.ImageName, Mime: ask.MimeType, Hash: hashOf(data), Data: string(ask.ImageData)}, ask.CardLink)
}

type createImageFromURLInput struct {
	Request createImageFromURLXML `xml:"request"`
}

// createImageFromURL notes the address of a picture. The sandbox fetches nothing from anywhere.
func createImageFromURL(c *call, in createImageFromURLInput) (createImageAnswer, error) {
	ask := in.Request
	if !strings.HasPrefix(ask.ImageURL, "https://") && !strings.HasPrefix(ask.ImageURL, "http://") || !strings.HasPrefix(ask.MimeType, "image/") {
		return createImageAnswer{Result: "CREATE-IMAGE-NOT-SUPPORTED", ErrorMsg: new("This is not an image.")}, nil
	}
	return c.keepImage(imageRow{Name: ask.ImageName, Mime: ask.MimeType, Hash: hashOf([]byte(ask.ImageURL)), URL: ask.ImageURL}, ask.CardLink)
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func (c *call) keepImage(row imageRow, link *createImageLinkXML) (createImageAnswer, error) {
	b := c.begin()
	row.ID, row.Created = b.number(lastImage), c.now()
	b.image(row)
	for _, number := range value(link).CardNumbers {
		if !c.hasCard(link.CardType, number) {
			return createImageAnswer{Result: "CREATE-IMAGE-STORAGE-ERROR", ErrorMsg: new("A card is not known.")}, nil
		}
		card := c.cards[cardKey{link.CardType, number}]
		labels := defaultLabels()
		if link.Labels != nil {
			labels = link.Labels.LabelID
		}
		b.card(cardImages{link.CardType, number, append(slices.Clone(card.Images), cardImage{row.ID, labels})})
	}
	return createImageAnswer{Result: "CREATE-IMAGE-OK", ImageID: row.ID, ImageHash: row.Hash, ImageURL: row.url()}, b.commit()
}

func (r imageRow) url() string {
	if r.URL != "" {
		return r.URL
	}
	return "https://till.example/images/" + r.Hash
}

func defaultLabels() []int32 {
	var labels []int32
	for _, l := range imageLabels {
		if l.DefaultSelection {
			labels = append(labels, l.ID)
		}
	}
	return labels
}
