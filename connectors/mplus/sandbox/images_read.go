package sandbox

import (
	"slices"
	"time"
)

type imagesInput struct {
	Request *getImagesXML `xml:"request"`
}

type imagesAnswer struct {
	ImageList imageListXML `xml:"imageList"`
}

// getImages answers pictures by their numbers. Small ones it does not make.
func getImages(c *call, in imagesInput) (imagesAnswer, error) {
	ask := value(in.Request)
	var out imagesAnswer
	for _, id := range ask.ImageIDs {
		row, known := c.images[id]
		if !known {
			continue
		}
		at := momentOf(row.Created)
		shown := imageXML{
			ImageID: id, ImageName: row.Name, ImageHash: row.Hash, ImageURL: row.url(), ImageDataResult: "LOAD-FILE-NOT-REQUESTED",
			ThumbDataResult: "LOAD-FILE-NOT-REQUESTED", CreatedTimestamp: at, ChangedTimestamp: at,
		}
		switch {
		case ask.IncludeImageData && row.Data != "":
			shown.ImageData, shown.ImageDataResult = base64Text(row.Data), "LOAD-FILE-OK"
		case ask.IncludeImageData:
			shown.ImageDataResult = "LOAD-FILE-NOT-FOUND"
		}
		if ask.IncludeThumbData {
			shown.ThumbDataResult = "LOAD-FILE-NOT-FOUND"
		}
		out.ImageList.Image = append(out.ImageList.Image, shown)
	}
	return out, nil
}

type cardImagesInput struct {
	Request cardImagesXML `xml:"request"`
}

type cardImagesAnswer struct {
	Items []cardImageDataXML `xml:"items"`
}

// getCardImages answers an item for each card that is known, with pictures or without.
func getCardImages(c *call, in cardImagesInput) (cardImagesAnswer, error) {
	var out cardImagesAnswer
	for _, number := range in.Request.CardNumbers {
		if !c.hasCard(in.Request.CardType, number) {
			continue
		}
		item := cardImageDataXML{CardNumber: number}
		for _, on := range c.cards[cardKey{in.Request.CardType, number}].Images {
			row := c.images[on.ID]
			at := dateTimeText(row.Created.Format(time.RFC3339))
			item.Images = append(item.Images, imageDataXML{
				ImageID: on.ID, ImageHash: row.Hash, ImageURL: row.url(), OriginalName: row.Name, Labels: imageLabelIDs{on.Labels}, Created: at, Modified: at,
			})
		}
		out.Items = append(out.Items, item)
	}
	return out, nil
}

type saveCardImagesInput struct {
	Request saveCardImagesXML `xml:"request"`
}

type saveCardImagesAnswer struct{}

// saveCardImages replaces the pictures of each card, all or none. There is no result to say no with, so what is wrong is
// a fault.
func saveCardImages(c *call, in saveCardImagesInput) (saveCardImagesAnswer, error) {
	b := c.begin()
	for _, card := range in.Request.Cards {
		if !c.hasCard(in.Request.CardType, card.CardNumber) {
			return saveCardImagesAnswer{}, clientFault("Card %d is not known.", card.CardNumber)
		}
		next := cardImages{Kind: in.Request.CardType, Number: card.CardNumber}
		for _, on := range card.Images {
			if _, known := c.images[on.ImageID]; !known {
				return saveCardImagesAnswer{}, clientFault("Image %d is not known.", on.ImageID)
			}
			if slices.ContainsFunc(on.Labels.LabelID, func(id int32) bool { return !isLabel(id) }) {
				return saveCardImagesAnswer{}, clientFault("A label is not known.")
			}
			next.Images = append(next.Images, cardImage{on.ImageID, on.Labels.LabelID})
		}
		b.card(next)
	}
	return saveCardImagesAnswer{}, b.commit()
}

func isLabel(id int32) bool {
	return slices.ContainsFunc(imageLabels, func(l imageLabelXML) bool { return l.ID == id })
}

type cardImageLabelsInput struct {
	Request struct {
		CardType cardType `xml:"cardType"`
	} `xml:"request"`
}

type cardImageLabelsAnswer struct {
	Labels []imageLabelXML `xml:"labels"`
}

func getCardImageLabels(*call, cardImageLabelsInput) (cardImageLabelsAnswer, error) {
	return cardImageLabelsAnswer{imageLabels}, nil
}
