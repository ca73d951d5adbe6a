package domain

// Category is a group of products: an article group of the books, an article
// group in the till's own tree.
type Category struct {
	Code   string // of the books
	Name   string
	Parent string // code of the category above; empty for one at the top
	Order  int    // place among its sisters, from 1; 0 when the books keep no order
}
