package settings

import "github.com/koppel/koppel/domain"

// AccountView is the connection to the books.
type AccountView struct {
	BaseURL      string                 `yaml:"base_url" required:"true" title:"Address" help:"Address of the API up to and including its version: https://www.accountview.net/api/v3."`
	CompanyID    string                 `yaml:"company_id" required:"true" maxlen:"100" title:"Company" help:"Id of the company (administratie) as the API lists it, not its short code."`
	ClientID     string                 `yaml:"client_id" required:"true" maxlen:"200" title:"Client id" help:"Of the app that you registered at accountview.net."`
	AuthorizeURL string                 `yaml:"authorize_url" title:"Consent page" help:"Where a person gives consent. Empty: the usual page on the host of the address."`
	Scopes       string                 `yaml:"scopes" required:"true" maxlen:"200" title:"Rights" help:"What is asked for at consent, separated by blanks."`
	Timeout      Duration               `yaml:"timeout" min:"100ms" max:"10m" title:"Timeout" help:"How long one call may take."`
	Limits       Limits                 `yaml:"limits" title:"Limits" help:"Behind the API works one desktop program: one call at a time is the safe limit."`
	Assumptions  AccountViewAssumptions `yaml:"assumptions" title:"Assumptions" help:"Facts about the API that no public document settles. Each default is the safest reading; change one when your installation does otherwise."`
}

// AccountViewAssumptions are the facts about the API that no public source
// settles. Each default is the safest reading; a live system may need another.
type AccountViewAssumptions struct {
	TokenTTL        Duration `yaml:"token_ttl" min:"1s" max:"8760h" title:"Life of a token" help:"Of an access token whose answer does not state it."`
	RefreshSkew     Duration `yaml:"refresh_skew" min:"0s" max:"1h" title:"Renew early" help:"How long before its end a token is renewed."`
	RefreshRotation bool     `yaml:"refresh_rotation" title:"Refresh tokens are used once" help:"A refresh token dies when it is used, and the answer brings the next."`
	PKCE            PKCE     `yaml:"pkce" enum:"off|s256" title:"Code challenge" help:"Whether the consent page takes a code challenge (PKCE). Koppel then ties a consent to who asked for it."`

	MaxPageSize       int               `yaml:"max_page_size" min:"1" max:"10000" title:"Largest page" unit:"rows" help:"Rows that one answer can hold."`
	PageSize          int               `yaml:"page_size" min:"1" max:"10000" title:"Page" unit:"rows" help:"Rows asked for per call."`
	Paging            Paging            `yaml:"paging" enum:"lastkey|pagenumber" title:"Paging" help:"How the next page is asked for."`
	PageKeys          map[string]string `yaml:"page_keys" required:"true" maxlen:"20" title:"Page keys" unit:"field of AccountView" help:"By table: the column that orders a list."`
	FiltersPerCall    int               `yaml:"filters_per_call" min:"1" max:"100" title:"Filters per call" unit:"filters" help:"Numbered filters that one call may carry."`
	ListFilters       bool              `yaml:"list_filters" title:"Lists in filters" help:"A filter may hold a list of values."`
	EqualOperator     string            `yaml:"equal_operator" required:"true" maxlen:"40" title:"Operator: is" help:"How a filter says: is."`
	OnOrAfterOperator string            `yaml:"on_or_after_operator" required:"true" maxlen:"40" title:"Operator: on or after" help:"How a filter says: on this date or later."`

	OrdersObject              string `yaml:"orders_object" required:"true" maxlen:"20" title:"Sales orders: object" unit:"business object" help:"Business object of sales orders (verkooporders)."`
	OrdersTable               string `yaml:"orders_table" required:"true" maxlen:"20" title:"Sales orders: header table" unit:"table of AccountView" help:"Table of the headers of sales orders."`
	OrderLinesTable           string `yaml:"order_lines_table" required:"true" maxlen:"20" title:"Sales orders: line table" unit:"table of AccountView" help:"Table of the lines of sales orders."`
	OrderNumberField          string `yaml:"order_number_field" required:"true" maxlen:"20" title:"Sales orders: number" unit:"field of AccountView" help:"Where AccountView returns the number of an order."`
	OrderReferenceField       string `yaml:"order_reference_field" required:"true" maxlen:"20" title:"Sales orders: our reference" unit:"field of AccountView" help:"Where our reference (onze referentie) stands on an order. The order is found again by it."`
	HistoryObject             string `yaml:"history_object" required:"true" maxlen:"20" title:"Processed orders: object" unit:"business object" help:"Business object of processed orders (historie)."`
	HistoryTable              string `yaml:"history_table" required:"true" maxlen:"20" title:"Processed orders: table" unit:"table of AccountView" help:"Table of processed orders."`
	HistoryReferenceField     string `yaml:"history_reference_field" required:"true" maxlen:"40" title:"Processed orders: our reference" unit:"field of AccountView" help:"Where our reference stands on a processed order."`
	HistoryNumberField        string `yaml:"history_number_field" required:"true" maxlen:"40" title:"Processed orders: number" unit:"field of AccountView" help:"Where the order number stands on a processed order."`
	DebtorExternalNumberField string `yaml:"debtor_external_number_field" required:"true" maxlen:"20" title:"Debtors: number at the till" unit:"field of AccountView" help:"Where the till's customer number (klantnummer) stands on a debtor."`

	DebtorNumbering Numbering           `yaml:"debtor_numbering" enum:"server|client" title:"Numbers of debtors" help:"Who gives a new debtor its number (debiteurnummer)."`
	PutSendID       bool                `yaml:"put_send_id" title:"Repeat the key in a change" help:"A change repeats the record's key outside its values."`
	Overflow        Overflow            `yaml:"overflow" enum:"reject|cut" title:"Text too long" help:"What happens to text that is longer than its column after the rules of the mapping."`
	CharacterSet    domain.CharacterSet `yaml:"character_set" enum:"windows-1252|unicode" title:"Characters" help:"Which characters the text fields of AccountView can store."`
	BookDate        BookDate            `yaml:"book_date" enum:"today|empty" title:"Book year" help:"What a call says about the book year (boekjaar) it belongs to."`
	OrderLineBatch  int                 `yaml:"order_line_batch" min:"0" max:"10000" title:"Lines in one call" unit:"lines" help:"Lines that one call may hold. 0: no limit. A longer order is written in parts, where AccountView lets orders be changed; its lines are then added by row_actions.add, or as plain lines where that is empty."`
	UnfinishedMark  string              `yaml:"unfinished_mark" required:"true" maxlen:"20" title:"Mark of a part" help:"Ends the reference of an order of which not all lines are written yet."`
	ErrorIn200      ErrorIn200          `yaml:"error_in_200" enum:"numbered|refusal" title:"Error in a good answer" help:"What an error inside a good answer to a write means."`

	RowActions AccountViewRowActions `yaml:"row_actions" title:"Row actions" help:"How lines of a sales order that exists are changed. No public source tells the values; try them in a test company."`
	Periods    AccountViewPeriods    `yaml:"periods" title:"Periods" help:"What tells which days the books are open for (perioden)."`
	Journal    AccountViewJournal    `yaml:"journal" title:"Journal pages" help:"How invoices and day totals stand in the books: as pages (dagboekbladzijden) of daybooks."`
	Articles   AccountViewArticles   `yaml:"articles" title:"Articles" help:"Which columns of AccountView hold what of an article (artikel). Few of these names are public. An empty name, or one that this installation does not have, holds nothing."`
	Debtors    AccountViewDebtors    `yaml:"debtors" title:"Debtors" help:"Which columns of AccountView hold what of a debtor (debiteur). An empty name, or one that this installation does not have, holds nothing."`

	PriceObjects []AccountViewPriceObject `yaml:"price_objects" title:"Prices" help:"Where prices stand that do not hold for everybody always, one object each. No public source names such an object: the ones here are those of the sandbox. Ask your AccountView dealer, and see docs/prices.md."`
}

// PKCE is whether a consent is tied to who asked for it by a challenge.
type PKCE string

// What PKCE may be.
const (
	PKCEOff  PKCE = "off"
	PKCES256 PKCE = "s256"
)

// Help says what the value means.
func (p PKCE) Help() string {
	return map[PKCE]string{
		PKCEOff:  "Send no challenge.",
		PKCES256: "Send the SHA-256 of a verifier, and the verifier with the code.",
	}[p]
}

// Paging is how the next page is asked for.
type Paging string

// What Paging may be.
const (
	PagingLastKey    Paging = "lastkey"
	PagingPageNumber Paging = "pagenumber"
)

// Help says what the value means.
func (p Paging) Help() string {
	return map[Paging]string{
		PagingLastKey:    "Continue after the key of the last row.",
		PagingPageNumber: "Count pages from 1.",
	}[p]
}

// Numbering says who gives a new debtor its number.
type Numbering string

// What Numbering may be.
const (
	NumberingServer Numbering = "server"
	NumberingClient Numbering = "client"
)

// Help says what the value means.
func (n Numbering) Help() string {
	return map[Numbering]string{
		NumberingServer: "The books do.",
		NumberingClient: "The mapping does: it must fill the number.",
	}[n]
}

// Overflow says what happens to text that is longer than its column when it
// reaches the client, after the rules of the mapping.
type Overflow string

// What Overflow may be.
const (
	OverflowReject Overflow = "reject"
	OverflowCut    Overflow = "cut"
)

// Help says what the value means.
func (o Overflow) Help() string {
	return map[Overflow]string{
		OverflowReject: "The record is refused.",
		OverflowCut:    "The text is cut to the column.",
	}[o]
}

// BookDate is what a write says about the book year it belongs to.
type BookDate string

// What BookDate may be.
const (
	BookDateToday BookDate = "today"
	BookDateEmpty BookDate = "empty"
)

// Help says what the value means.
func (b BookDate) Help() string {
	return map[BookDate]string{
		BookDateToday: "The year that holds today.",
		BookDateEmpty: "Nothing: the books choose.",
	}[b]
}

// ErrorIn200 is what an error inside a good answer to a write means.
type ErrorIn200 string

// What ErrorIn200 may be.
const (
	ErrorNumbered ErrorIn200 = "numbered"
	ErrorRefusal  ErrorIn200 = "refusal"
)

// Help says what the value means.
func (e ErrorIn200) Help() string {
	return map[ErrorIn200]string{
		ErrorNumbered: "Refused when the error has a number; otherwise unclear whether the record was stored, so it is looked for.",
		ErrorRefusal:  "Refused, and nothing was stored.",
	}[e]
}
