package connectors

import "context"

// ImageSource gives the pictures of articles of the books. A book without any, by its
// document, gives none.
type ImageSource interface {
	// ArticleImage reads the picture of an article, apart from the article: it is some
	// hundred times as long. No data means that it has none. A file name is given
	// always. One that cannot be understood is a fault of kind Invalid.
	ArticleImage(ctx context.Context, code string) (name string, data []byte, err error)
}
