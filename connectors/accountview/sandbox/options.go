package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// Options are the switches of the sandbox. The zero value is the strict default of each, told beside it. The JSON names
// are those of /_sandbox/options, which can change all but DataDir, Shop, Now and the app's credentials while running.
type Options struct {
	// DataDir holds the books and the tokens. Empty keeps everything in memory.
	DataDir string `json:"-"`
	// Shop is what new books are seeded with. Empty: sandboxkit.SeedShop.
	Shop sandboxkit.Shop `json:"-"`
	// Now is the clock. Nil: time.Now.
	Now func() time.Time `json:"-"`
	// RedirectURIs are registered for the first app, compared to the letter. Empty: http://localhost:8080/callback.
	RedirectURIs []string `json:"-"`

	// TokenTTL is the life of an access token. Default 1 hour.
	TokenTTL Duration `json:"token_ttl"`
	// RefreshRotation on (default) kills a refresh token when it is used; off lets it live on beside the new one.
	RefreshRotation Switch `json:"refresh_rotation"`
	// EmptyAnswer is how no rows look: empty_array (default), missing_key or 404.
	EmptyAnswer string `json:"empty_answer"`
	// SingleRowAsObject on gives a lone row without its array. Default off.
	SingleRowAsObject Switch `json:"single_row_as_object"`
	// MaxPageSize is the largest PageSize; a larger one is refused. Default 1000.
	MaxPageSize int `json:"max_page_size"`
	// DefaultPageSize is used when a read names none. Default 20.
	DefaultPageSize int `json:"default_page_size"`
	// Overflow of a text's width or a number's positions or decimals: reject (default) or cut.
	Overflow string `json:"overflow"`
	// UnknownField in Fields or in a written row: error (default) or ignore.
	UnknownField string `json:"unknown_field"`
	// RelatedKey joins table and field of a related column in an answer: dot (default) or underscore.
	RelatedKey string `json:"related_key"`
	// EqualMatching of texts: exact (default; trailing blanks do not count) or foxpro_prefix (the column begins with it).
	EqualMatching string `json:"equal_matching"`
	// IgnoreCase on compares texts in filters without regard to case. Default off.
	IgnoreCase Switch `json:"ignore_case"`
	// EmptyDate in an answer: empty (default, an empty text) or null.
	EmptyDate string `json:"empty_date"`
	// DebtorNumbering: server (default) numbers a debtor that brings no SUB_NR; client demands one.
	DebtorNumbering string `json:"debtor_numbering"`
	// GrossPrices on (default): prices of articles, and of order lines unless the header says otherwise in GROSS_FLG, include
	// VAT.
	GrossPrices Switch `json:"gross_prices"`
	// CustomColumns on gives articles columns of one installation: K1_VAN (the code of the product that an article is a
	// variant of), K1_KLEUR, K1_MAAT, K1_MERK and K1_EAN2. Default off.
	CustomColumns Switch `json:"custom_columns"`
	// GroupTree on gives article groups the column AG_PARENT, with the group above. Default off.
	GroupTree Switch `json:"group_tree"`
	// ExtraOperators on also takes LessThan, GreaterThan, StartsWith, DateOnOrBeforeDate and the numbers 42 (date on or
	// after) and 43 (on or before), whose names are not proven. Default off.
	ExtraOperators Switch `json:"extra_operators"`
	// ListFilters on takes FilterIsListOfValues=true as a comma list of which one must match. Default off.
	ListFilters Switch `json:"list_filters"`
	// DictionaryLetters on takes the letters D, Y, B and M as FieldType of a write. Default off.
	DictionaryLetters Switch `json:"dictionary_letters"`
	// EmptyCode is an empty text where a code of another table is wanted: reject (default) or ignore.
	EmptyCode string `json:"empty_code"`
	// MaxHeaders is how many header rows one write may hold. Default 1.
	MaxHeaders int `json:"max_headers"`
	// OrderUpdates on lets PUT change the header of a sales order. Default off.
	OrderUpdates Switch `json:"order_updates"`
	// OrderLineUpdates says what lines in such a PUT do: off (default) refuses them, add puts them behind those there are, and
	// row_action demands of each what to do with it in RowAction, and its REC_ID unless it is new.
	OrderLineUpdates string `json:"order_line_updates"`
	// MaxLines is how many detail rows one write may hold. Default 0, which is no limit.
	MaxLines int `json:"max_lines"`
	// RowActions are the values of RowAction. Default 1, 2 and 3.
	RowActions RowActions `json:"row_actions"`
	// JournalAmounts is the sign of amounts on pages of sales daybooks: credit_negative (default), where what is sold is
	// negative, or positive. On other pages debit is positive.
	JournalAmounts string `json:"journal_amounts"`
	// VATTolerance is by how much VAT_AMT of a page's line may differ from what the percentage of its code gives, in euros.
	// Default 0.01.
	VATTolerance string `json:"vat_tolerance"`
	// PostedPages is what becomes of a page that is posted to the ledger: move (default), where it leaves DJ2P and is read
	// as transactions only, or keep.
	PostedPages string `json:"posted_pages"`
	// ForeignVAT is a line with a domestic rate for a debtor whose VAT number is foreign: accept (default) or reject.
	ForeignVAT string `json:"foreign_vat"`
	// PostAnswer is what a write answers of its rows: all columns (default) or only those sent and the keys (sent).
	PostAnswer string `json:"post_answer"`
	// PostStatus of a successful write: 200 (default) or 201.
	PostStatus int `json:"post_status"`
	// AvailableStock is when QTY_AVAIL falls: on_delivery (default), so that sales reservations come off it, or on_order,
	// where they are off it already.
	AvailableStock string `json:"available_stock"`
	// MissingObjects are business objects whose module is not licensed: they are not listed and cannot be read.
	MissingObjects []string `json:"missing_objects"`
	// ReadOnlyObjects are business objects that the user may read only: they say so in the list, and a write is refused
	// with 403 (assumed).
	ReadOnlyObjects []string `json:"read_only_objects"`
	// PKCE required refuses a consent that brings no code_challenge (S256) and a code without its verifier. Default off:
	// both are ignored, as a server does that does not know them.
	PKCE string `json:"pkce"`
	// ErrorsIn200 on answers refusals of reads and writes with status 200. Default off.
	ErrorsIn200 Switch `json:"errors_in_200"`
}

// RowActions are the values by which a detail row says what becomes of it. The real ones are not known.
type RowActions struct {
	Add    int `json:"add"`
	Change int `json:"change"`
	Delete int `json:"delete"`
}

// Switch is on, off or, when empty, the default of its option. In JSON true and false will do as well.
type Switch string

// The two positions of a Switch.
const (
	On  Switch = "on"
	Off Switch = "off"
)

// UnmarshalJSON reads "on", "off", true and false.
func (s *Switch) UnmarshalJSON(raw []byte) error {
	switch strings.ToLower(strings.Trim(string(raw), `"`)) {
	case "on", "true":
		*s = On
	case "off", "false":
		*s = Off
	default:
		return fmt.Errorf("%s is neither on nor off", raw)
	}
	return nil
}

// Duration is a time.Duration written as "1h30m" in JSON.
type Duration time.Duration

// MarshalText writes the duration as Go does.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// UnmarshalText reads "90s", "1h" and the like.
func (d *Duration) UnmarshalText(raw []byte) error {
	parsed, err := time.ParseDuration(string(raw))
	if err != nil {
		return fmt.Errorf("%q is not a duration such as 90s or 1h", raw)
	}
	*d = Duration(parsed)
	return nil
}

// withDefaults fills in what is empty and refuses what is not possible.
func (o Options) withDefaults() (Options, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if len(o.Shop.Articles) == 0 && len(o.Shop.Customers) == 0 {
		o.Shop = sandboxkit.SeedShop()
	}
	if len(o.RedirectURIs) == 0 {
		o.RedirectURIs = []string{"http://localhost:8080/callback"}
	}
	if o.TokenTTL == 0 {
		o.TokenTTL = Duration(time.Hour)
	}
	for _, n := range []struct {
		name     string
		value    *int
		fallback int
		most     int
	}{
		{"max_page_size", &o.MaxPageSize, 1000, 100_000},
		{"default_page_size", &o.DefaultPageSize, 20, 100_000},
		{"max_headers", &o.MaxHeaders, 1, 1000},
	} {
		if *n.value == 0 {
			*n.value = n.fallback
		}
		if *n.value < 1 || *n.value > n.most {
			return o, fmt.Errorf("%s must lie between 1 and %d", n.name, n.most)
		}
	}
	if o.TokenTTL < 0 {
		return o, fmt.Errorf("token_ttl must be positive")
	}
	if o.PostStatus == 0 {
		o.PostStatus = 200
	}
	if o.PostStatus != 200 && o.PostStatus != 201 {
		return o, fmt.Errorf("post_status must be 200 or 201")
	}
	if o.RowActions == (RowActions{}) {
		o.RowActions = RowActions{1, 2, 3}
	}
	if o.VATTolerance == "" {
		o.VATTolerance = "0.01"
	}
	if d, err := decimal.NewFromString(o.VATTolerance); err != nil || d.IsNegative() {
		return o, fmt.Errorf("vat_tolerance must be an amount such as 0.01")
	}
	return o, o.chooseWords()
}

// chooseWords sets every choice that is empty to its default and refuses a word that is not a choice.
func (o *Options) chooseWords() error {
	for _, choice := range []struct {
		name  string
		value *string
		words []string // the default first
	}{
		{"empty_answer", &o.EmptyAnswer, []string{"empty_array", "missing_key", "404"}},
		{"overflow", &o.Overflow, []string{"reject", "cut"}},
		{"unknown_field", &o.UnknownField, []string{"error", "ignore"}},
		{"related_key", &o.RelatedKey, []string{"dot", "underscore"}},
		{"equal_matching", &o.EqualMatching, []string{"exact", "foxpro_prefix"}},
		{"empty_date", &o.EmptyDate, []string{"empty", "null"}},
		{"debtor_numbering", &o.DebtorNumbering, []string{"server", "client"}},
		{"empty_code", &o.EmptyCode, []string{"reject", "ignore"}},
		{"foreign_vat", &o.ForeignVAT, []string{"accept", "reject"}},
		{"order_line_updates", &o.OrderLineUpdates, []string{"off", "add", "row_action"}},
		{"journal_amounts", &o.JournalAmounts, []string{"credit_negative", "positive"}},
		{"available_stock", &o.AvailableStock, []string{"on_delivery", "on_order"}},
		{"posted_pages", &o.PostedPages, []string{"move", "keep"}},
		{"post_answer", &o.PostAnswer, []string{"all", "sent"}},
		{"pkce", &o.PKCE, []string{"off", "required"}},
		{"refresh_rotation", (*string)(&o.RefreshRotation), []string{"on", "off"}},
		{"gross_prices", (*string)(&o.GrossPrices), []string{"on", "off"}},
		{"single_row_as_object", (*string)(&o.SingleRowAsObject), []string{"off", "on"}},
		{"ignore_case", (*string)(&o.IgnoreCase), []string{"off", "on"}},
		{"custom_columns", (*string)(&o.CustomColumns), []string{"off", "on"}},
		{"group_tree", (*string)(&o.GroupTree), []string{"off", "on"}},
		{"extra_operators", (*string)(&o.ExtraOperators), []string{"off", "on"}},
		{"list_filters", (*string)(&o.ListFilters), []string{"off", "on"}},
		{"dictionary_letters", (*string)(&o.DictionaryLetters), []string{"off", "on"}},
		{"order_updates", (*string)(&o.OrderUpdates), []string{"off", "on"}},
		{"errors_in_200", (*string)(&o.ErrorsIn200), []string{"off", "on"}},
	} {
		if *choice.value == "" {
			*choice.value = choice.words[0]
		}
		if !slices.Contains(choice.words, *choice.value) {
			return fmt.Errorf("%s must be one of %s", choice.name, strings.Join(choice.words, ", "))
		}
	}
	return nil
}
