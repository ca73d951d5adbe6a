package mplus

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

var _ connectors.ImageSink = (*Client)(nil)

// HeldImages reads which pictures articles show.
// ASSUMED: the card of a product is known by its article number. Ask: which number is
// cardNumber of card type PRODUCT?
func (c *Client) HeldImages(ctx context.Context, articleNumbers []string) (map[string][]connectors.HeldImage, error) {
	numbers, err := wireNumbers(articleNumbers)
	if err != nil {
		return nil, err
	}
	held := map[string][]connectors.HeldImage{}
	for batch := range slices.Chunk(numbers, articlesPerCall) {
		var w getCardImagesResponse
		request := getCardImages{getCardImagesRequest{CardType: articleCard.kind, CardNumbers: batch}}
		if err := c.ask(ctx, opGetCardImages, request, &w); err != nil {
			return nil, err
		}
		r := &reading{}
		for _, item := range w.Items {
			images := make([]connectors.HeldImage, 0, len(item.Images))
			for _, image := range item.Images {
				images = append(images, r.heldImage(image))
			}
			held[r.number("cardNumber", item.CardNumber)] = images
		}
		if err := r.asAnswer(opGetCardImages); err != nil {
			return nil, err
		}
	}
	return held, nil
}

func (r *reading) heldImage(image cardImage) connectors.HeldImage {
	held := connectors.HeldImage{ID: r.number("imageId", image.ImageID), Name: trimmed(image.OriginalName), Labels: []int{}}
	for _, label := range image.Labels {
		held.Labels = append(held.Labels, r.count("labelId", label))
	}
	return held
}

// CreateImage keeps a picture and gives its id.
func (c *Client) CreateImage(ctx context.Context, image connectors.Image) (string, error) {
	var answer createImageResponse
	request := createImage{createImageRequest{
		ImageName: image.Name, MimeType: image.Type, ImageData: base64.StdEncoding.EncodeToString(image.Data),
	}}
	if err := c.ask(ctx, opCreateImage, request, &answer); err != nil {
		return "", err
	}
	result := strings.TrimSpace(string(answer.Result))
	id := (&reading{}).number("imageId", answer.ImageID)
	switch {
	case result == "CREATE-IMAGE-OK" && id != "":
		return id, nil
	case result == "CREATE-IMAGE-TOO-LARGE", result == "CREATE-IMAGE-NOT-SUPPORTED":
		f := fault.New(fault.Rejected, "image_refused", opCreateImage.op()).WithDetail(strings.TrimSpace(result + "\n" + answer.ErrorMsg))
		return "", c.withoutCredentials(f)
	default: // its storage failed, or it says something that we do not know
		return "", unclear(opCreateImage, "till_failed").WithDetail(result)
	}
}

// ShowImages makes these the pictures of an article.
func (c *Client) ShowImages(ctx context.Context, articleNumber string, images []connectors.HeldImage) error {
	numbers, err := wireNumbers([]string{articleNumber})
	if err != nil {
		return err
	}
	card := saveCardImageData{CardNumber: numbers[0]}
	for _, image := range images {
		labels := image.Labels
		if labels == nil {
			if labels, err = c.newImageLabels(ctx); err != nil {
				return err
			}
		}
		id, err := wireInt(image.ID).parse()
		if err != nil {
			return fault.New(fault.Invalid, "till_field_rules", opSaveCardImages.op()).About(articleNumber)
		}
		card.Images = append(card.Images, saveImageData{id, imageLabelIDs{labels}})
	}
	request := saveCardImages{saveCardImagesRequest{CardType: articleCard.kind, Cards: []saveCardImageData{card}}}
	_, err = c.call(ctx, opSaveCardImages, request)
	return err
}

// newImageLabels are the places where the till shows a new picture.
func (c *Client) newImageLabels(ctx context.Context) ([]int, error) {
	var w getCardImageLabelsResponse
	if err := c.ask(ctx, opGetCardImageLabels, getCardImageLabels{CardType: articleCard.kind}, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	labels := []int{}
	for _, label := range w.Labels {
		if r.yes("defaultSelection", label.DefaultSelection, false) {
			labels = append(labels, r.count("id", label.ID))
		}
	}
	return labels, r.asAnswer(opGetCardImageLabels)
}
