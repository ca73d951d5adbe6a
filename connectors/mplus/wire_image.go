package mplus

// createImage keeps a picture, on no card yet.
type createImage struct {
	Request createImageRequest `xml:"request"`
}

type createImageRequest struct {
	ImageName string `xml:"imageName"`
	MimeType  string `xml:"mimeType"`
	ImageData string `xml:"imageData"` // base64
}

type createImageResponse struct {
	Result   wireEnum `xml:"result"`
	ImageID  wireInt  `xml:"imageId"`
	ErrorMsg string   `xml:"errorMsg"`
}

// getCardImages asks which pictures are on cards.
type getCardImages struct {
	Request getCardImagesRequest `xml:"request"`
}

type getCardImagesRequest struct {
	CardType    string  `xml:"cardType"`
	CardNumbers []int64 `xml:"cardNumbers"`
}

type getCardImagesResponse struct {
	Items []cardImages `xml:"items"`
}

// cardImages is CardImageData: a card with its pictures in order.
type cardImages struct {
	CardNumber wireInt     `xml:"cardNumber"`
	Images     []cardImage `xml:"images"`
}

type cardImage struct {
	ImageID      wireInt   `xml:"imageId"`
	OriginalName string    `xml:"originalName"`
	Labels       []wireInt `xml:"labels>labelId"`
}

// saveCardImages replaces the pictures of cards.
type saveCardImages struct {
	Request saveCardImagesRequest `xml:"request"`
}

type saveCardImagesRequest struct {
	CardType string              `xml:"cardType"`
	Cards    []saveCardImageData `xml:"cards"`
}

type saveCardImageData struct {
	CardNumber int64           `xml:"cardNumber"`
	Images     []saveImageData `xml:"images"`
}

type saveImageData struct {
	ImageID int64         `xml:"imageId"`
	Labels  imageLabelIDs `xml:"labels"`
}

type imageLabelIDs struct {
	LabelID []int `xml:"labelId"`
}

type getCardImageLabels struct {
	CardType string `xml:"request>cardType"`
}

type getCardImageLabelsResponse struct {
	Labels []imageLabel `xml:"labels"`
}

// imageLabel is ImageLabel: a place where the till shows pictures.
type imageLabel struct {
	ID               wireInt  `xml:"id"`
	DefaultSelection wireBool `xml:"defaultSelection"`
}
