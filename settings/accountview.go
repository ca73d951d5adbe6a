package settings

// AccountView is the connection to the books.
type AccountView struct {
	BaseURL      string                 `yaml:"base_url" required:"true"`                // up to and including the version: https://www.accountview.net/api/v3
	CompanyID    string                 `yaml:"company_id" required:"true" maxlen:"100"` // Id of the company as the API lists it, not its short code
	ClientID     string                 `yaml:"client_id" required:"true" maxlen:"200"`  // of the app registered at accountview.net
	AuthorizeURL string                 `yaml:"authorize_url"`                           // consent page; empty: the usual page on the host of base_url
	Scopes       string                 `yaml:"scopes" required:"true" maxlen:"200"`     // asked for at consent, separated by blanks
	Timeout      Duration               `yaml:"timeout" min:"100ms" max:"10m"`           // of one call
	Limits       Limits                 `yaml:"limits"`                                  // the API works on desktop files: one call at a time is the safe limit
	Assumptions  AccountViewAssumptions `yaml:"assumptions"`
}

// AccountViewAssumptions are the facts about the API that no public source
// settles. Each default is the safest reading; a live system may need another.
type AccountViewAssumptions struct {
	TokenTTL        Duration `yaml:"token_ttl" min:"1s" max:"8760h"` // life of an access token whose answer does not state it
	RefreshSkew     Duration `yaml:"refresh_skew" min:"0s" max:"1h"` // how long before its end a token is renewed
	RefreshRotation bool     `yaml:"refresh_rotation"`               // a refresh token dies when it is used
	PKCE            PKCE     `yaml:"pkce" enum:"off|s256"`           // whether the consent page takes a code challenge

	MaxPageSize       int               `yaml:"max_page_size" min:"1" max:"10000"`                // rows that one answer can hold
	PageSize          int               `yaml:"page_size" min:"1" max:"10000"`                    // rows asked for per call
	Paging            Paging            `yaml:"paging" enum:"lastkey|pagenumber"`                 // how the next page is asked for
	PageKeys          map[string]string `yaml:"page_keys" required:"true" maxlen:"20"`            // by table: the column that orders a list
	FiltersPerCall    int               `yaml:"filters_per_call" min:"1" max:"100"`               // numbered filters that one call may carry
	ListFilters       bool              `yaml:"list_filters"`                                     // a filter may hold a list of values
	EqualOperator     string            `yaml:"equal_operator" required:"true" maxlen:"40"`       // how a filter says: is
	OnOrAfterOperator string            `yaml:"on_or_after_operator" required:"true" maxlen:"40"` // how a filter says: on this date or later

	OrdersObject              string `yaml:"orders_object" required:"true" maxlen:"20"`                // business object of sales orders
	OrdersTable               string `yaml:"orders_table" required:"true" maxlen:"20"`                 // its header table
	OrderLinesTable           string `yaml:"order_lines_table" required:"true" maxlen:"20"`            // its line table
	OrderNumberField          string `yaml:"order_number_field" required:"true" maxlen:"20"`           // where the books return the number of an order
	OrderReferenceField       string `yaml:"order_reference_field" required:"true" maxlen:"20"`        // where our reference stands on an order
	HistoryObject             string `yaml:"history_object" required:"true" maxlen:"20"`               // business object of processed orders
	HistoryTable              string `yaml:"history_table" required:"true" maxlen:"20"`                // its table
	HistoryReferenceField     string `yaml:"history_reference_field" required:"true" maxlen:"40"`      // where our reference stands there
	HistoryNumberField        string `yaml:"history_number_field" required:"true" maxlen:"40"`         // where the order number stands there
	DebtorExternalNumberField string `yaml:"debtor_external_number_field" required:"true" maxlen:"20"` // where the till's customer number stands on a debtor

	DebtorNumbering Numbering  `yaml:"debtor_numbering" enum:"server|client"` // who numbers a new debtor
	PutSendID       bool       `yaml:"put_send_id"`                           // a change repeats the record's key outside its values
	Overflow        Overflow   `yaml:"overflow" enum:"reject|cut"`            // what the client does with text that is still too long
	BookDate        BookDate   `yaml:"book_date" enum:"today|empty"`          // what a call says about the book year
	OrderLineBatch  int        `yaml:"order_line_batch" min:"0" max:"10000"`  // lines that one order may have; 0: no limit
	ErrorIn200      ErrorIn200 `yaml:"error_in_200" enum:"numbered|refusal"`  // what an error inside a good answer to a write means
}

// PKCE is whether a consent is tied to who asked for it by a challenge.
type PKCE string

const (
	// PKCEOff sends no challenge.
	PKCEOff PKCE = "off"
	// PKCES256 sends the SHA-256 of a verifier.
	PKCES256 PKCE = "s256"
)

// Paging is how the next page is asked for.
type Paging string

const (
	// PagingLastKey continues after the key of the last row.
	PagingLastKey Paging = "lastkey"
	// PagingPageNumber counts pages from 1.
	PagingPageNumber Paging = "pagenumber"
)

// Numbering says who gives a new debtor its number.
type Numbering string

const (
	// NumberingServer leaves it to the books.
	NumberingServer Numbering = "server"
	// NumberingClient takes it from the mapping, which must fill it.
	NumberingClient Numbering = "client"
)

// Overflow says what happens to text that is longer than its column when it
// reaches the client, after the rules of the mapping.
type Overflow string

const (
	// OverflowReject refuses the record.
	OverflowReject Overflow = "reject"
	// OverflowCut cuts the text to the column.
	OverflowCut Overflow = "cut"
)

// BookDate is what a write says about the book year it belongs to.
type BookDate string

const (
	// BookDateToday names today.
	BookDateToday BookDate = "today"
	// BookDateEmpty leaves the choice to the books.
	BookDateEmpty BookDate = "empty"
)

// ErrorIn200 is what an error inside a good answer to a write means.
type ErrorIn200 string

const (
	// ErrorNumbered: refused when it is numbered, else unclear whether it was stored.
	ErrorNumbered ErrorIn200 = "numbered"
	// ErrorRefusal: refused, and nothing stored.
	ErrorRefusal ErrorIn200 = "refusal"
)
