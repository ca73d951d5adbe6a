package accountview

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

// Codes of what only a probe finds.
const (
	codeNotTheBooks     = "not_the_books"         // something else answers at the address
	codeNoCompany       = "no_company"            // the user may use no company at all
	codeCompanyUnlisted = "company_not_listed"    // the company of the settings is not among those
	codeRightMissing    = "books_right_missing"   // the user may not do what the flows need
	codeModuleMissing   = "books_module_missing"  // an object that the flows need does not exist here
	codeFieldUnknown    = "field_not_in_books"    // the mapping fills a column that does not exist here
	codeListNotRead     = "list_not_read"         // a list that only helps with the set-up
	codeAccountUnknown  = "account_not_in_books"  // the control account does not exist
	codeDebtorUnknown   = "default_debtor_absent" // the default debtor does not exist
	codeDebtorBlocked   = "customer_blocked"      // it exists, and nothing may be booked for it
	codeUnforeseen      = "unforeseen"
)

// Uses is what an integration wants of its books, as far as only its document
// tells. Empty fields are not wanted.
type Uses struct {
	Mapped          map[domain.Entity][]string // columns that the mapping fills
	History         bool                       // orders are looked for in the history too
	Addresses       bool                       // delivery addresses are written
	ControlAccount  string
	DefaultDebtor   string
	Accounts        []string // other ledger accounts that the document names
	Prices          string   // incl or excl
	DeliveryAddress string   // as the document calls it
}

// Prober looks at one connection to the books.
type Prober struct {
	books *Books
	uses  Uses
}

var _ connectors.Prober = (*Prober)(nil)

// NewProber prepares a look at the connection for what the integration wants of it.
func NewProber(b *Books, uses Uses) *Prober { return &Prober{b, uses} }

// probe is one look at the books.
type probe struct {
	*Books
	uses  Uses
	asked Settings // as they are, whatever page size this probe came to
	domain.Findings
	columns map[string][]row    // of the data dictionary, by table
	objects []BusinessObject    // nil when they could not be listed
	seen    map[string][]string // codes of the lists that were read
}

// Probe looks at the connection from all sides: whether AccountView answers, lets
// us in, opens the company, knows the objects and fields that the flows need and
// lets this user write them; what lists it keeps; and what it says about each
// assumption. It only reads.
func (p *Prober) Probe(ctx context.Context) domain.Findings {
	books := *p.books // a page size that is found out holds for this probe only
	look := &probe{
		Books: &books, uses: p.uses, asked: books.settings, Findings: domain.Findings{Listings: domain.Listings{}},
		columns: map[string][]row{}, seen: map[string][]string{},
	}
	more := true
	for _, steps := range [][]connectors.Step{look.entry(), look.rights(), look.fields(), look.lists(), look.named()} {
		if !more {
			connectors.NotRun(&look.Findings, steps...)
			continue
		}
		more = connectors.LookAt(ctx, &look.Findings, steps...)
	}
	look.Assumptions = look.assumed(ctx, more)
	return look.Findings
}

// entry: whether the books are there and open to us.
func (p *probe) entry() []connectors.Step {
	return []connectors.Step{
		{Name: "reach", Need: connectors.First, Look: p.reach},
		{Name: "consent", Need: connectors.First, Look: func(ctx context.Context) (found, code string) {
			_, err := p.session.token(ctx)
			return "", codeOf(err)
		}},
		{Name: "company", Need: connectors.First, Look: p.company},
		{Name: "page_size", Need: connectors.Helps, Look: p.acceptedPage},
	}
}

// reach asks without a token: the API says so with a 401, whatever else answers
// there says something else.
func (p *probe) reach(ctx context.Context) (found, code string) {
	err := p.consent.calls.do(ctx, httpx.Call{
		Op: "GET companies", Method: http.MethodGet, URL: p.settings.BaseURL + "/companies",
		Header: http.Header{"Accept": {"application/json"}},
	}, func(a httpx.Answer) error {
		const op = system + " GET companies"
		var members any
		switch {
		case a.Status == http.StatusUnauthorized:
			return nil
		case a.Status >= 500:
			return fault.New(fault.Unavailable, codeUnavailable, op)
		case isHTML(a.Header, a.Body), decode(a.Body, &members) != nil, a.Status == http.StatusNotFound, a.Status/100 == 3:
			return fault.New(fault.Misconfigured, codeNotTheBooks, op)
		default:
			return nil
		}
	})
	return "", codeOf(err)
}

// company: whether the user may use the company of the settings.
func (p *probe) company(ctx context.Context) (found, code string) {
	companies, err := p.Companies(ctx)
	if err != nil {
		return "", codeOf(err)
	}
	items, known := []domain.ListedItem{}, false
	for _, c := range companies {
		items = append(items, domain.ListedItem{Code: c.ID, Name: c.Description, Detail: c.Code})
		known = known || strings.EqualFold(c.ID, strings.TrimSpace(p.settings.CompanyID))
	}
	p.Listings[domain.ListBooksCompanies] = items
	if found = fmt.Sprintf("%d companies", len(companies)); len(companies) == 1 {
		found = "1 company"
	}
	switch {
	case len(companies) == 0:
		code = codeNoCompany
	case !known:
		code = codeCompanyUnlisted
	}
	return found, code
}

// codeOf is the code under which people find why a call did not work.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	if f, ok := fault.As(err); ok {
		return f.Code
	}
	return codeUnforeseen
}
