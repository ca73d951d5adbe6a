package accountview

import (
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/secret"
)

// Settings of one connection to AccountView. What is marked ASSUMED follows no
// public document: the question to ask is in the comment.
type Settings struct {
	// BaseURL is the root of the Web API, without a slash at the end.
	BaseURL string `yaml:"base_url"`
	// AuthorizeURL is the page on which a person gives consent. Empty: /ams/authorize.aspx on the host of BaseURL.
	AuthorizeURL string `yaml:"authorize_url"`
	// Scopes asked for at consent, separated by blanks.
	Scopes string `yaml:"scopes"`
	// CompanyID is the Id that GET companies gives.
	CompanyID    string      `yaml:"company_id"`
	ClientID     string      `yaml:"client_id"`
	ClientSecret secret.Text `yaml:"client_secret"`

	// Timeout of one call.
	Timeout time.Duration `yaml:"timeout"`
	// MaxInFlight calls at the same time over all workers.
	// ASSUMED: 1 per company, since behind the relay works one desktop engine. Ask: how many calls may run side by side?
	MaxInFlight int `yaml:"max_in_flight"`
	// PerSecond calls begun over all workers; 0 means no limit. Ask: is there a rate limit?
	PerSecond float64 `yaml:"per_second"`
	// MaxBody is how many bytes of one answer are read at most.
	MaxBody int64 `yaml:"max_body"`

	TokenSettings  `yaml:",inline"`
	ReadSettings   `yaml:",inline"`
	WriteSettings  `yaml:",inline"`
	ObjectSettings `yaml:",inline"`
	// RowActions say how lines of an order that exists are changed.
	RowActions RowActionSettings `yaml:"row_actions"`
	// Periods tell which days are open.
	Periods PeriodSettings `yaml:"periods"`
	// Journal names the objects of daybook pages.
	Journal JournalSettings `yaml:"journal"`
	// Articles name the columns of articles.
	Articles ArticleSettings `yaml:"articles"`
	// Debtors name the columns of debtors.
	Debtors DebtorSettings `yaml:"debtors"`
	// PriceObjects say where prices stand that do not hold for everybody.
	PriceObjects []PriceObject `yaml:"price_objects"`
}

// TokenSettings say how tokens live.
type TokenSettings struct {
	// TokenTTL is the life of an access token when its answer does not tell.
	// ASSUMED: one hour. Ask: how long does an access token live?
	TokenTTL time.Duration `yaml:"token_ttl"`
	// RefreshSkew is how long before its end a token is renewed.
	RefreshSkew time.Duration `yaml:"refresh_skew"`
	// RefreshRotation says that a refresh token dies when it is used. When it does not, a refresh whose answer was lost
	// is simply asked again.
	// ASSUMED: it dies. Ask: may a refresh token be used twice?
	RefreshRotation bool `yaml:"refresh_rotation"`
	// PKCE says whether the consent page takes a code challenge.
	// ASSUMED: it does not. Ask: does the authorize page take code_challenge, and does the token endpoint ask the verifier?
	PKCE PKCE `yaml:"pkce"`
}

// ReadSettings say how lists are read.
type ReadSettings struct {
	// MaxPageSize is the greatest page the API gives. A page of this size is taken for a full one.
	// ASSUMED: 1000. Ask: what is the greatest PageSize, and what comes of a greater one?
	MaxPageSize int `yaml:"max_page_size"`
	// PageSize is the page asked for in lists.
	PageSize int `yaml:"page_size"`
	// Paging is the style of asking for the next page.
	// ASSUMED: lastkey. Ask: is the order by key stable for every object, and which of the two styles is meant for use?
	Paging Paging `yaml:"paging"`
	// PageKeys names the column per table that orders a list and is its last key.
	// ASSUMED: the key of the object. Ask: which column is LastKey for SO1, ADDR, AK1 and ALH?
	PageKeys map[string]string `yaml:"page_keys"`
	// FiltersPerCall is how many numbered filters one read carries at most.
	// ASSUMED: 10 (two were seen). Ask: how many filters may one call carry?
	FiltersPerCall int `yaml:"filters_per_call"`
	// ListFilters uses FilterIsListOfValues with a comma list in place of numbered filters.
	// ASSUMED: off. Ask: what does FilterIsListOfValues do, and how is a list written?
	ListFilters bool `yaml:"list_filters"`
	// EqualOperator and OnOrAfterOperator are the operators the look-ups need.
	// ASSUMED: no other operator. Ask: which operators exist, and do they compare case and whole values?
	EqualOperator     string `yaml:"equal_operator"`
	OnOrAfterOperator string `yaml:"on_or_after_operator"`
	// BookDate says what is sent as the date that picks the book year.
	// ASSUMED: today. Ask: which book year answers when the date is left out, and which holds open sales orders?
	BookDate BookDate `yaml:"book_date"`
}

// WriteSettings say how records are written.
type WriteSettings struct {
	// DebtorNumbering says who numbers a new debtor.
	// ASSUMED: server. Ask: is SUB_NR assigned when it is left out?
	DebtorNumbering Numbering `yaml:"debtor_numbering"`
	// PutSendID repeats the key as a member id beside the envelope of an update.
	// ASSUMED: not needed. Ask: how does PUT find the record?
	PutSendID bool `yaml:"put_send_id"`
	// Overflow says what happens to text that is longer than its column: refused, or cut. Codes, keys and e-mail
	// addresses are never cut.
	// ASSUMED: refuse, so that nothing is lost unseen. Ask: is long text cut or refused?
	Overflow Overflow `yaml:"overflow"`
	// CharacterSet is what text columns can store.
	// ASSUMED: Windows-1252, as the desktop program's tables. Ask: what becomes of a letter outside it?
	CharacterSet domain.CharacterSet `yaml:"character_set"`
	// OrderLineBatch is how many lines one call may hold; 0 means no limit. A longer order is written in parts, where the
	// installation lets its header be changed, and refused where it does not.
	// ASSUMED: no limit. Ask: how many lines may one POST of SO1 hold, and does a PUT with lines add them?
	OrderLineBatch int `yaml:"order_line_batch"`
	// UnfinishedMark ends the reference of an order of which not all lines are written.
	UnfinishedMark string `yaml:"unfinished_mark"`
	// MaxHeaders is how many records one call writes.
	// ASSUMED: 1, and no other number works here. Ask: may one POST hold several header rows?
	MaxHeaders int `yaml:"max_headers"`
	// ErrorIn200 says what an error inside a good answer to a write means.
	// ASSUMED: numbered. Ask: when does an error come with status 200, and can the record be stored all the same?
	ErrorIn200 ErrorIn200 `yaml:"error_in_200"`
}

// ObjectSettings name the objects and the columns that identify records.
type ObjectSettings struct {
	// OrdersObject, OrdersTable and OrderLinesTable hold sales orders.
	OrdersObject    string `yaml:"orders_object"`
	OrdersTable     string `yaml:"orders_table"`
	OrderLinesTable string `yaml:"order_lines_table"`
	// OrderNumberField is the order's number in the books.
	// ASSUMED: ORD_NR. Ask: one captured answer to a POST of SO1.
	OrderNumberField string `yaml:"order_number_field"`
	// OrderRefField holds our reference.
	// ASSUMED: COMMENT1. Ask: does SO_HDR have EXT_ID, and may it be written?
	OrderRefField string `yaml:"order_ref_field"`
	// HistoryObject and HistoryTable list processed order lines; the other two are the columns of their header.
	// ASSUMED: ALH with HST_AH.COMMENT1 and HST_AH.ORD_NR. Ask: what does a processed order look like in the history?
	HistoryObject      string `yaml:"history_object"`
	HistoryTable       string `yaml:"history_table"`
	HistoryRefField    string `yaml:"history_ref_field"`
	HistoryNumberField string `yaml:"history_number_field"`
	// DebtorExternalField holds the customer's number at the till.
	// ASSUMED: DEB_NR is free for us. Ask the customer: is DEB_NR in use?
	DebtorExternalField string `yaml:"debtor_external_field"`
}

// PKCE is whether a consent is tied to who asked for it by a challenge (RFC 7636).
type PKCE string

const (
	// PKCEOff sends no challenge.
	PKCEOff PKCE = "off"
	// PKCES256 sends the SHA-256 of a verifier, and the verifier with the code.
	PKCES256 PKCE = "s256"
)

// Paging is a style of asking for the next page.
type Paging string

const (
	// PagingLastKey continues after the key of the last row.
	PagingLastKey Paging = "lastkey"
	// PagingPageNumber counts pages from 1.
	PagingPageNumber Paging = "pagenumber"
)

// BookDate says which date picks the book year.
type BookDate string

const (
	// BookDateToday sends the date of today in Amsterdam.
	BookDateToday BookDate = "today"
	// BookDateEmpty leaves the choice to AccountView.
	BookDateEmpty BookDate = "empty"
)

// Numbering says who gives a new debtor its number.
type Numbering string

const (
	// NumberingServer leaves the number to AccountView.
	NumberingServer Numbering = "server"
	// NumberingClient requires the number in the draft.
	NumberingClient Numbering = "client"
)

// Overflow says what happens to text longer than its column.
type Overflow string

const (
	// OverflowReject refuses the record.
	OverflowReject Overflow = "reject"
	// OverflowCut keeps what fits.
	OverflowCut Overflow = "cut"
)

// ErrorIn200 says what an error inside a good answer to a write means.
type ErrorIn200 string

const (
	// ErrorNumbered takes an error with ErrorNumbers for a refusal. One without numbers may come from the relay, or
	// after the record was stored: it is unclear, so the books are looked at before anything is written again.
	ErrorNumbered ErrorIn200 = "numbered"
	// ErrorRefusal takes every such error for a refusal.
	ErrorRefusal ErrorIn200 = "refusal"
)

// Defaults are the settings of the public service with every assumption as it
// stands. Company and credentials have no default.
func Defaults() Settings {
	return Settings{
		BaseURL:     "https://www.accountview.net/api/v3",
		Scopes:      "readaccountviewdata updateaccountviewdata",
		Timeout:     30 * time.Second,
		MaxInFlight: 1,
		MaxBody:     32 << 20,
		TokenSettings: TokenSettings{
			TokenTTL:        time.Hour,
			RefreshSkew:     time.Minute,
			RefreshRotation: true,
			PKCE:            PKCEOff,
		},
		ReadSettings: ReadSettings{
			MaxPageSize:       1000,
			PageSize:          200,
			Paging:            PagingLastKey,
			PageKeys:          defaultPageKeys(),
			FiltersPerCall:    10,
			EqualOperator:     "Equal",
			OnOrAfterOperator: "DateOnOrAfterDate",
			BookDate:          BookDateToday,
		},
		WriteSettings: WriteSettings{
			DebtorNumbering: NumberingServer,
			Overflow:        OverflowReject,
			CharacterSet:    domain.CharactersWindows1252,
			MaxHeaders:      1,
			ErrorIn200:      ErrorNumbered,
			UnfinishedMark:  " (onvolledig)",
		},
		ObjectSettings: ObjectSettings{
			OrdersObject:        "SO1",
			OrdersTable:         tableSalesOrder,
			OrderLinesTable:     tableSalesOrderLine,
			OrderNumberField:    "ORD_NR",
			OrderRefField:       "COMMENT1",
			HistoryObject:       "ALH",
			HistoryTable:        tableHistory,
			HistoryRefField:     "HST_AH.COMMENT1",
			HistoryNumberField:  "HST_AH.ORD_NR",
			DebtorExternalField: "DEB_NR",
		},
		RowActions: defaultRowActions(),
		Periods:    defaultPeriods(),
		Journal:    defaultJournal(),
		Articles:   defaultArticles(),
		Debtors:    defaultDebtors(),

		PriceObjects: defaultPriceObjects(),
	}
}

// defaultPageKeys are the columns that order lists. That of DJ_PAGE, as wide as
// the code of a daybook and a page number together, is inferred.
func defaultPageKeys() map[string]string {
	return map[string]string{
		tableDebtor: fieldDebtorNumber, tableAddress: fieldAddressCode, tableArticle: fieldArticleCode,
		tableArticleGroup: fieldArticleGroupCode, tableSalesOrder: "ORD_NR", tableHistory: "REC_ID", tableDictionary: "DCT_FLD_Id",
		tablePage: "PAGE_NRD", tablePosted: "REC_ID", tablePeriods: "REC_ID",
	}
}

// Limits are what the gate of this connection must hold.
func (s Settings) Limits() connectors.Limits {
	return connectors.Limits{InFlight: s.MaxInFlight, PerSecond: s.PerSecond}
}
