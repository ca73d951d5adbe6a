package connectors

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
)

// ImageSource gives the pictures of articles of the books. Books without any, by their
// document, give none.
type ImageSource interface {
	// ArticleImages reads the pictures of articles by code, apart from the articles: each
	// is some hundred times as long. None is of more than so many bytes. An article
	// without a picture is not in the answer.
	ArticleImages(ctx context.Context, codes []string, largest int) ([]ArticleImage, error)
}

// ArticleImage is the picture of one article of the books.
type ArticleImage struct {
	SKU string
	Image
	Content string // what it is known again by
	Fault   error  // set when what is there is no picture that may go; it is then without data
}

// ContentOf is what a picture is known again by: the SHA-256 of it as the books hold it.
func ContentOf(held []byte) string {
	sum := sha256.Sum256(held)
	return hex.EncodeToString(sum[:])
}

// Codes of why a picture cannot go to the till.
const (
	CodeImageTooLarge   = "image_too_large"
	CodeImageUnreadable = "image_unreadable"
	CodeImageRefused    = "image_refused"
)
