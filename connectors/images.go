package connectors

import "context"

// Image is a picture to be kept at the till.
type Image struct {
	Name string // what it is found by later: the till keeps it, and has no key of ours
	Type string // such as image/jpeg
	Data []byte
}

// HeldImage is a picture that an article of the till shows.
type HeldImage struct {
	ID     string
	Name   string
	Labels []int // where the till shows it; nil: where it shows a new one
}

// ImageSink takes pictures of articles into the till.
type ImageSink interface {
	// HeldImages reads which pictures articles show, in order. An article that the till
	// does not have is not in the answer.
	HeldImages(ctx context.Context, articleNumbers []string) (map[string][]HeldImage, error)
	// CreateImage keeps a picture and gives its id. No article shows it yet. The till
	// takes no key: asked twice it keeps two.
	CreateImage(ctx context.Context, image Image) (id string, err error)
	// ShowImages makes these the pictures of an article, in this order. Those that are
	// left out are no longer shown.
	ShowImages(ctx context.Context, articleNumber string, images []HeldImage) error
}
