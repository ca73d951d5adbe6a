package settings

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strings"

	"github.com/koppel/koppel/domain"
)

// Validate checks a document by itself: what is required, what values may be,
// and what must fit together. The error is of type Problems, without lines.
// Whether the mapping's expressions compile is for package mapping to say.
func (d Document) Validate() error {
	problems := tagProblems(d)
	problems = append(problems, d.slugProblems()...)
	if strings.HasSuffix(d.AccountView.BaseURL, "/") {
		problems = append(problems, Problem{Path: "accountview.base_url", Text: "must not end with a slash"})
	}
	problems = append(problems, urlProblems("accountview.base_url", d.AccountView.BaseURL)...)
	problems = append(problems, urlProblems("accountview.authorize_url", d.AccountView.AuthorizeURL)...)
	problems = append(problems, urlProblems("mplus.base_url", d.Mplus.BaseURL)...)
	problems = append(problems, d.AccountView.Assumptions.problems("accountview.assumptions")...)
	problems = append(problems, d.Flows.Orders.problems("flows.orders")...)
	problems = append(problems, d.Flows.catalogProblems()...)
	problems = append(problems, d.customersProblems()...)
	problems = append(problems, d.imageProblems()...)
	problems = append(problems, mappingProblems(d.Mapping)...)
	problems = append(problems, d.keyFieldProblems()...)
	problems = append(problems, lookupProblems(d.Lookups)...)
	problems = append(problems, d.Alerts.problems("alerts")...)
	problems = append(problems, d.Retention.problems("retention")...)
	if len(problems) == 0 {
		return nil
	}
	return problems
}

var slug = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$`)

const slugRule = "must be 1 to 40 lower-case letters, digits and hyphens, and begin and end with a letter or digit"

func (d Document) slugProblems() Problems {
	if d.Integration == "" || slug.MatchString(d.Integration) {
		return nil
	}
	return Problems{{Path: "integration", Text: slugRule}}
}

// FilledIn refuses what an example left for a person to fill in. It is a check of
// its own, because the examples themselves are to be read.
func FilledIn(d Document) error {
	var problems Problems
	for _, at := range [][2]string{
		{"accountview.base_url", d.AccountView.BaseURL},
		{"accountview.company_id", d.AccountView.CompanyID},
		{"accountview.client_id", d.AccountView.ClientID},
		{"mplus.base_url", d.Mplus.BaseURL},
	} {
		if _, rest, open := strings.Cut(at[1], "<"); open && strings.Contains(rest, ">") {
			problems = append(problems, Problem{Path: at[0], Text: "is still what the example says between < and >: put your own in its place"})
		}
	}
	if len(problems) == 0 {
		return nil
	}
	return problems
}

// urlProblems refuses an address over which secrets would travel in the clear,
// or that carries any itself.
func urlProblems(path, address string) Problems {
	if address == "" {
		return nil // where it may not be, it is reported as required
	}
	u, err := url.Parse(address)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return Problems{{Path: path, Text: "must be an address such as https://example.nl:443"}}
	case u.User != nil || u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(address, "?#"):
		return Problems{{Path: path, Text: "must hold no user, password, query or fragment; secrets are set apart"}}
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return Problems{{Path: path, Text: "must begin with https://; only this machine itself may be reached over http"}}
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func (a AccountViewAssumptions) problems(path string) Problems {
	var problems Problems
	if a.PageSize > a.MaxPageSize {
		problems = append(problems, Problem{Path: path + ".page_size", Text: fmt.Sprintf("must not be above max_page_size (%d)", a.MaxPageSize)})
	}
	if a.RefreshSkew >= a.TokenTTL {
		problems = append(problems, Problem{Path: path + ".refresh_skew", Text: "must be shorter than token_ttl (" + a.TokenTTL.String() + ")"})
	}
	problems = append(problems, a.RowActions.problems(path+".row_actions")...)
	for i, o := range a.PriceObjects {
		problems = append(problems, o.problems(fmt.Sprintf("%s.price_objects[%d]", path, i))...)
	}
	if strings.TrimRight(a.UnfinishedMark, " ") != a.UnfinishedMark || !printable(a.UnfinishedMark) {
		problems = append(problems, Problem{Path: path + ".unfinished_mark", Text: "must hold plain characters only, and not end with a blank"})
	}
	return problems
}

func (o Orders) problems(path string) Problems {
	var problems Problems
	add := func(key, text string) { problems = append(problems, Problem{Path: path + "." + key, Text: text}) }
	if _, named := o.StartFrom.Marker(); !named && o.StartFrom != "" && o.StartFrom != StartAll && o.StartFrom != StartNow {
		add("start_from", "must be all, now, or a sync marker of the till (a whole number, 0 or more)")
	}
	if strings.TrimSpace(o.ReferencePrefix) == "" || strings.HasPrefix(o.ReferencePrefix, " ") || !printable(o.ReferencePrefix) {
		add("reference_prefix", "must begin with a letter, digit or sign and hold plain characters only: it tells our orders from all others")
	}
	if o.RetryHorizon <= o.SettleTime {
		add("retry_horizon", "must be longer than settle_time ("+o.SettleTime.String()+")")
	}
	if _, err := clock(o.Dates.DayEnds); err != nil {
		add("dates.day_ends", "must be a time of day, such as 04:00")
	}
	if iso2, ok := domain.CountryISO2(o.VAT.HomeCountry); !ok || iso2 != o.VAT.HomeCountry {
		add("vat.home_country", "must be the two capitals of a country, such as NL")
	}
	if a := o.Amounts; a.GiftCards == domain.GiftCardsAccount && a.GiftCardAccount == "" && a.GiftCardArticle == "" {
		add("amounts.gift_cards", "needs gift_card_account (invoices), gift_card_article (orders) or both")
	}
	if o.Amounts.RoundingMost.IsNegative() {
		add("amounts.rounding_most", "must not be negative")
	}
	if o.Sweep.Window < o.Sweep.Every {
		add("sweep.window", "must not be shorter than sweep.every ("+o.Sweep.Every.String()+"), or writes between two sweeps are not looked at")
	}
	if o.Enabled && len(o.CustomerMatch) == 0 {
		add("customer_match", "must name at least one key, or every order makes a new customer")
	}
	if o.Enabled && len(o.Sources) == 0 {
		add("sources", "must name at least one, or nothing goes to the books")
	}
	if !digits(o.Fill.Employee) {
		add("fill.employee", "must be the number of an employee of the till")
	}
	if o.Mark.With == MarkCategory && !digits(o.Mark.Category) {
		add("mark.category", "must be the number of an order category of the till")
	}
	if o.Mark.With == MarkReference && strings.TrimSpace(strings.ReplaceAll(o.Mark.Reference, markNumber, "")) == "" {
		add("mark.reference", "must say something beside the number, or a mark cannot be told from what the seller wrote")
	}
	return problems
}

func digits(text string) bool { return text != "" && strings.Trim(text, "0123456789") == "" }

// printable reports whether text holds characters only that every system keeps
// as they are.
func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}
