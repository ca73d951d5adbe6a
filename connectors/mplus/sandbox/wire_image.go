package sandbox

// base64Text is an xsd:base64Binary, kept as the text it came in.
type base64Text string

type cardType string

type loadResult string

// createImageXML brings a picture, and may put it on cards.
type createImageXML struct {
	ImageName string              `xml:"imageName"`
	MimeType  string              `xml:"mimeType"`
	ImageData base64Text          `xml:"imageData"`
	CardLink  *createImageLinkXML `xml:"cardLink"`
}

type createImageFromURLXML struct {
	ImageName string              `xml:"imageName"`
	MimeType  string              `xml:"mimeType"`
	ImageURL  string              `xml:"imageUrl"`
	CardLink  *createImageLinkXML `xml:"cardLink"`
}

type createImageLinkXML struct {
	CardType    cardType       `xml:"cardType"`
	CardNumbers []int64        `xml:"cardNumbers"`
	Labels      *imageLabelIDs `xml:"labels"`
}

type imageLabelIDs struct {
	LabelID []int32 `xml:"labelId"`
}

type createImageAnswer struct {
	Result    string  `xml:"result"`
	ImageID   int64   `xml:"imageId"`
	ImageHash string  `xml:"imageHash"`
	ImageURL  string  `xml:"imageUrl"`
	ErrorMsg  *string `xml:"errorMsg"`
}

type getImagesXML struct {
	ImageIDs         []int64 `xml:"imageIds"`
	IncludeImageData bool    `xml:"includeImageData"`
	IncludeThumbData bool    `xml:"includeThumbData"`
}

type imageListXML struct {
	Image []imageXML `xml:"image"`
}

// imageXML is a picture with all that the schema makes mandatory.
type imageXML struct {
	ImageID          int64       `xml:"imageId"`
	ImageName        string      `xml:"imageName"`
	ImageHash        string      `xml:"imageHash"`
	ImagePath        string      `xml:"imagePath"`
	ImageURL         string      `xml:"imageUrl"`
	ImageData        base64Text  `xml:"imageData"`
	ImageDataResult  loadResult  `xml:"imageDataResult"`
	ThumbHash        string      `xml:"thumbHash"`
	ThumbPath        string      `xml:"thumbPath"`
	ThumbURL         string      `xml:"thumbUrl"`
	ThumbData        base64Text  `xml:"thumbData"`
	ThumbDataResult  loadResult  `xml:"thumbDataResult"`
	ImageWidth       int32       `xml:"imageWidth"`
	ImageHeight      int32       `xml:"imageHeight"`
	ThumbWidth       int32       `xml:"thumbWidth"`
	ThumbHeight      int32       `xml:"thumbHeight"`
	CreatedTimestamp dateTimeXML `xml:"createdTimestamp"`
	ChangedTimestamp dateTimeXML `xml:"changedTimestamp"`
}

type cardImagesXML struct {
	CardType    cardType `xml:"cardType"`
	CardNumbers []int64  `xml:"cardNumbers"`
}

// cardImageDataXML is a card with its pictures.
type cardImageDataXML struct {
	CardNumber int64          `xml:"cardNumber"`
	Images     []imageDataXML `xml:"images"`
}

type imageDataXML struct {
	ImageID      int64         `xml:"imageId"`
	ImageHash    string        `xml:"imageHash"`
	ImageURL     string        `xml:"imageUrl"`
	OriginalName string        `xml:"originalName"`
	ImageWidth   int32         `xml:"imageWidth"`
	ImageHeight  int32         `xml:"imageHeight"`
	Labels       imageLabelIDs `xml:"labels"`
	Created      dateTimeText  `xml:"created"`
	Modified     dateTimeText  `xml:"modified"`
}

type saveCardImagesXML struct {
	CardType cardType               `xml:"cardType"`
	Cards    []saveCardImageDataXML `xml:"cards"`
}

type saveCardImageDataXML struct {
	CardNumber int64              `xml:"cardNumber"`
	Images     []saveImageDataXML `xml:"images"`
}

type saveImageDataXML struct {
	ImageID int64         `xml:"imageId"`
	Labels  imageLabelIDs `xml:"labels"`
}

type imageLabelXML struct {
	ID               int32  `xml:"id"`
	Label            string `xml:"label"`
	SingleSelection  bool   `xml:"singleSelection"`
	DefaultSelection bool   `xml:"defaultSelection"`
}
