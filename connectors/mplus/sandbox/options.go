package sandbox

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// Options say what kind of till this is. The zero value is a strict till in memory with the seed shop and the assumed
// answer to every open question. The JSON names are those of /_sandbox/options, which changes these while running; what
// has none holds from the start.
type Options struct {
	// DataDir is the folder of the saved state; empty keeps everything in memory.
	DataDir string `json:"-"`
	// Shop is what a new till is filled with; without articles it is sandboxkit.SeedShop. A till with saved state
	// ignores it.
	Shop sandboxkit.Shop `json:"-"`
	// WSDLPath is the vendor's service description, served at ?wsdl. Empty: 404 with a word on how to get one.
	WSDLPath string `json:"-"`
	// Ident and Secret are the credentials the till accepts; empty: those of Ready.
	Ident, Secret string `json:"-"`
	// Now is the clock; nil is time.Now.
	Now func() time.Time `json:"-"`
	// Log takes what goes wrong inside; nil is slog.Default.
	Log *slog.Logger `json:"-"`

	// BadCredentials says how wrong credentials are answered. Assumed: a fault.
	BadCredentials BadCredentials `json:"bad_credentials"`
	// WholePercentages makes percentages whole (21) instead of hundredths (2100, assumed).
	WholePercentages bool `json:"-"`
	// AbsentDecimalPlaces is the scale of a quantity that comes without one. Assumed: 0.
	AbsentDecimalPlaces int32 `json:"absent_decimal_places"`
	// OmitZeroDecimalPlaces leaves decimalPlaces out of answers where it is 0, as the optional element allows.
	OmitZeroDecimalPlaces bool `json:"omit_zero_decimal_places"`
	// Lenient accepts unknown elements, another order and absent mandatory elements, as some clients in use need it.
	Lenient bool `json:"lenient"`
	// ShuffleResults answers marker reads in another order than that of the markers, as the vendor's own example does.
	ShuffleResults bool `json:"shuffle_results"`
	// DiscountPerUnit reads discountAmount per unit instead of per line (assumed).
	DiscountPerUnit bool `json:"discount_per_unit"`
	// PriceAlwaysIncl reads LineData.price as including VAT whatever the vatMethod. Assumed: as the vatMethod says.
	PriceAlwaysIncl bool `json:"price_always_incl"`
	// UnknownIsFault answers an unknown article, relation, employee or branch in an order with a Client fault instead
	// of the result FAILED (assumed).
	UnknownIsFault bool `json:"unknown_is_fault"`
	// NoChangesIsFailed answers an update without changes as older releases do: FAILED with the known message.
	NoChangesIsFailed bool `json:"no_changes_is_failed"`
	// RefuseLateExtOrderID refuses an extOrderId for an order that was made without one. Assumed: it may be filled in.
	RefuseLateExtOrderID bool `json:"refuse_late_ext_order_id"`
	// EmptyTextKeeps lets an empty text element leave a field as it was. Assumed: it clears the field.
	EmptyTextKeeps bool `json:"empty_text_keeps"`
	// UpdateReplaces lets updateOrder clear what is left out of it. Assumed: it stays.
	UpdateReplaces bool `json:"update_replaces"`
	// SetStockSetsFree makes setStock set what is free to sell instead of what is physically there (assumed).
	SetStockSetsFree bool `json:"set_stock_sets_free"`
	// NoStockCorrections makes a till that does not know saveStockCorrections.
	NoStockCorrections bool `json:"no_stock_corrections"`
	// PartialCorrections saves what stands before the article that failed. Assumed: nothing is saved then.
	PartialCorrections bool `json:"partial_corrections"`
	// FindByVATNumber makes vatNumber searchable in findRelation. Assumed: it is not.
	FindByVATNumber bool `json:"find_by_vat_number"`
	// HideSuperuser leaves employee 999999 out of getEmployees.
	HideSuperuser bool `json:"hide_superuser"`
	// TurnoverGroupOptional lets createProduct make an article without turnover group. Assumed: it is required.
	TurnoverGroupOptional bool `json:"turnover_group_optional"`
	// PriceLists is what becomes of a list of prices that is sent: replace (assumed), merge or ignore.
	PriceLists PriceLists `json:"price_lists"`
	// Pricing is how a price is chosen when several fit: specific_first (assumed) or lowest.
	Pricing Pricing `json:"pricing"`
	// MorePriceGroups are price groups that somebody made by hand: no call of the API can.
	MorePriceGroups PriceGroupNumbers `json:"more_price_groups"`
	// ArticleMoves says what updateProduct does with an article that another product has. Assumed: it refuses.
	ArticleMoves ArticleMoves `json:"article_moves"`
	// GroupNumbers says whether createProduct and updateProduct put a product into article groups. Assumed: they do.
	GroupNumbers GroupNumbers `json:"group_numbers"`
	// IdempotencyLifetime is how long an idempotency key is remembered; 0 is for ever.
	IdempotencyLifetime time.Duration `json:"-"`
}

// BadCredentials is a way to answer wrong credentials.
type BadCredentials string

// The ways to answer wrong credentials.
const (
	CredentialsFault     BadCredentials = "fault" // HTTP 500, fault Client.Authentication
	CredentialsStatus401 BadCredentials = "401"
	CredentialsStatus403 BadCredentials = "403"
)

// ArticleMoves is what becomes of an article that is sent with another product than its own.
type ArticleMoves string

// The ways to answer an article of another product.
const (
	ArticleMovesRefused ArticleMoves = "refuse"
	ArticleMovesDone    ArticleMoves = "move" // it leaves the other product, which stays, perhaps without articles
)

// GroupNumbers is whether a product that is sent says in which groups it is.
type GroupNumbers string

// What becomes of the groups of a product that is sent.
const (
	GroupNumbersTaken   GroupNumbers = "taken"
	GroupNumbersIgnored GroupNumbers = "ignored" // only the calls of article groups do it
)

// Credentials are what a client needs to call the till.
type Credentials struct{ Ident, Secret string }

const (
	defaultIdent  = "koppel"
	defaultSecret = "sandbox-till-secret"
)

func (o Options) withDefaults() (Options, error) {
	o.Ident = cmp.Or(o.Ident, defaultIdent)
	o.Secret = cmp.Or(o.Secret, defaultSecret)
	o.BadCredentials = cmp.Or(o.BadCredentials, CredentialsFault)
	o.PriceLists = cmp.Or(o.PriceLists, PriceListsReplace)
	o.Pricing = cmp.Or(o.Pricing, PricingSpecificFirst)
	o.ArticleMoves = cmp.Or(o.ArticleMoves, ArticleMovesRefused)
	o.GroupNumbers = cmp.Or(o.GroupNumbers, GroupNumbersTaken)
	if len(o.Shop.Articles) == 0 {
		o.Shop = sandboxkit.SeedShop()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o, o.check()
}

func (o Options) check() error {
	var problems []error
	switch o.BadCredentials {
	case CredentialsFault, CredentialsStatus401, CredentialsStatus403:
	default:
		problems = append(problems, fmt.Errorf("bad_credentials %q is not fault, 401 or 403", o.BadCredentials))
	}
	if !slices.Contains([]PriceLists{PriceListsReplace, PriceListsMerge, PriceListsIgnore}, o.PriceLists) {
		problems = append(problems, fmt.Errorf("price_lists %q is not replace, merge or ignore", o.PriceLists))
	}
	if o.Pricing != PricingSpecificFirst && o.Pricing != PricingLowest {
		problems = append(problems, fmt.Errorf("pricing %q is not specific_first or lowest", o.Pricing))
	}
	if o.ArticleMoves != ArticleMovesRefused && o.ArticleMoves != ArticleMovesDone {
		problems = append(problems, fmt.Errorf("article_moves %q is not refuse or move", o.ArticleMoves))
	}
	if o.GroupNumbers != GroupNumbersTaken && o.GroupNumbers != GroupNumbersIgnored {
		problems = append(problems, fmt.Errorf("group_numbers %q is not taken or ignored", o.GroupNumbers))
	}
	if o.AbsentDecimalPlaces < 0 || o.AbsentDecimalPlaces > maxPlaces {
		problems = append(problems, fmt.Errorf("absent_decimal_places %d is not between 0 and %d", o.AbsentDecimalPlaces, maxPlaces))
	}
	return errors.Join(problems...)
}
