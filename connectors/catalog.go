package connectors

import (
	"context"
	"time"

	"github.com/koppel/koppel/domain"
)

// Part is which part of a list of the books is asked for.
type Part struct {
	After string    // key of the last record of the page before; empty: from the first
	Since time.Time // what changed since then, that moment included; zero: whether it changed or not
	Limit int       // records at most; what belongs together is not split, so a page may hold a few more
	Where string    // the books' own filter expression, from the document; empty: all
}

// Page is one page of a list of the books, in the order of its keys.
type Page[T any] struct {
	Records []T
	Next    string    // where the next page goes on; empty: this was the last
	Newest  time.Time // when the latest change on this page was made; zero when the books do not tell
}

// ProductSource gives the products of the books page by page.
type ProductSource interface {
	ProductReader
	// Products reads a page of products. An article that is a variant comes with its
	// whole product, on the page of the first article of it.
	Products(ctx context.Context, part Part) (Page[ProductRecord], error)
	// ProductCodes reads a page of article codes and nothing else: to count them, and
	// to number them before anything is written.
	ProductCodes(ctx context.Context, part Part) (Page[string], error)
}

// CategorySource gives the categories of the books.
type CategorySource interface {
	// Categories reads all categories: there are a few hundred.
	Categories(ctx context.Context) ([]domain.Category, error)
}

// DebtorSource gives the debtors of the books page by page.
type DebtorSource interface {
	// Debtors reads a page of debtors.
	Debtors(ctx context.Context, part Part) (Page[DebtorRecord], error)
	// DebtorsByNumber reads debtors by number. An unknown number is not in the answer.
	DebtorsByNumber(ctx context.Context, numbers []string) ([]DebtorRecord, error)
}

// DebtorRecord is a debtor of the books.
type DebtorRecord struct {
	Debtor domain.Debtor
	Fault  error // set when this one could not be understood; Debtor then has its number only
}

// StockSource gives the stock of the books page by page.
type StockSource interface {
	// StockLevels reads a page of levels, one for each article that is sold and, where
	// the books keep them apart, each location.
	StockLevels(ctx context.Context, part Part) (Page[StockRecord], error)
	// StockLevelsOf reads the levels of articles by code.
	StockLevelsOf(ctx context.Context, codes []string) ([]StockRecord, error)
	// OpenOrders gives those of the sales orders that the books have not delivered yet.
	OpenOrders(ctx context.Context, numbers []string) ([]string, error)
}

// StockRecord is how much the books have of one article.
type StockRecord struct {
	SKU     string
	Managed bool // the books keep stock of it
	Levels  []domain.StockLevel
	Fault   error // set when this one could not be understood
}

// HeldRecord is a record as the till holds it, in the till's own field names.
type HeldRecord struct {
	Number string         // by which the till knows it
	Fields []domain.Field // what drafts may fill of it
	Lines  []HeldRecord   // the articles of a product
	Fault  error          // set when a field could not be read; it is then missing from Fields, which is not to say that it is empty
}

// ProductSink takes products into the till.
type ProductSink interface {
	// ProductSchema describes what a product and its articles, the lines, may hold.
	ProductSchema(ctx context.Context) (domain.Schema, error)
	// HeldProducts reads the products that have any of these articles, each whole.
	HeldProducts(ctx context.Context, articleNumbers []string) ([]HeldRecord, error)
	// CreateProduct makes a product with its articles and gives its number. A number
	// of an article that is taken is a fault with code CodeNumberTaken.
	CreateProduct(ctx context.Context, draft domain.Draft) (number string, err error)
	// UpdateProduct changes the fields of the draft and leaves the others. Each line is an
	// article, with its number as Key. One that the product does not have is added to it:
	// its line has all its fields. One that another product has is a fault with code
	// CodeArticleElsewhere, at a till that does not move articles.
	UpdateProduct(ctx context.Context, number string, draft domain.Draft) error
	// OfferedArticles are the articles of a product that are not discontinued; none when
	// the till no longer has it.
	OfferedArticles(ctx context.Context, number string) ([]string, error)
	// DiscontinueArticles makes articles of a product discontinued. A product that the
	// till no longer has is done.
	DiscontinueArticles(ctx context.Context, number string, articles []string) error
}

// CategorySink takes categories into the till's tree.
type CategorySink interface {
	// CategorySchema describes what a category may hold.
	CategorySchema(ctx context.Context) (domain.Schema, error)
	// HeldCategories reads the whole tree, each group after the one above it, without
	// those that are deleted. parentGroupNumber is among the fields.
	HeldCategories(ctx context.Context) ([]HeldRecord, error)
	// IsLike reports whether a group stands under the parent that a draft names, with
	// the name that it gives: by these a group is known that nobody has a number of.
	IsLike(held HeldRecord, draft domain.Draft) bool
	// IsUnder reports whether a group stands right under another.
	IsUnder(held HeldRecord, number string) bool
	// CreateCategory makes a group and gives its number. The till takes no key of ours:
	// after an unclear answer, look before asking again.
	CreateCategory(ctx context.Context, draft domain.Draft) (number string, err error)
	// UpdateCategory changes the fields of the draft; a new parent moves it.
	UpdateCategory(ctx context.Context, number string, draft domain.Draft) error
	// DeleteCategory takes a group away, and the groups under it.
	DeleteCategory(ctx context.Context, number string) error
}

// RelationSink takes customers into the till.
type RelationSink interface {
	// RelationSchema describes what a customer may hold.
	RelationSchema(ctx context.Context) (domain.Schema, error)
	// HeldRelations reads customers by their number at the till.
	HeldRelations(ctx context.Context, numbers []string) ([]HeldRecord, error)
	// FindRelations looks customers up by keys, many at once, and gives for each all
	// that have it now. Text is compared without regard to case and surrounding blanks,
	// and whole. A blank key finds nothing.
	FindRelations(ctx context.Context, wanted []RelationLookup) ([][]HeldRecord, error)
	// DebtorNumberOf is the number of the books that a customer carries; empty: none.
	DebtorNumberOf(held HeldRecord) string
	// CreateRelation makes a customer and gives its number: that of the draft when it
	// names one. One that is taken is a fault with code CodeNumberTaken.
	CreateRelation(ctx context.Context, draft domain.Draft) (number string, err error)
	// UpdateRelation changes the fields of the draft and leaves the others.
	UpdateRelation(ctx context.Context, number string, draft domain.Draft) error
	// DeactivateRelation makes a customer inactive, and gives what it wrote.
	DeactivateRelation(ctx context.Context, number string) (wrote domain.Draft, err error)
}

// RelationLookup is one key by which a customer of the till is looked for.
type RelationLookup struct {
	By    CustomerKey
	Value string
}

// CodeNumberTaken says that the till has another record under the number of a new one.
const CodeNumberTaken = "number_taken"

// CodeArticleElsewhere says that an article is in another product of the till.
const CodeArticleElsewhere = "article_in_other_product"
