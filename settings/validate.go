package settings

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"

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
	problems = append(problems, mappingProblems(d.Mapping)...)
	problems = append(problems, d.keyFieldProblems()...)
	problems = append(problems, lookupProblems(d.Lookups)...)
	if len(problems) == 0 {
		return nil
	}
	return problems
}

var slug = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$`)

func (d Document) slugProblems() Problems {
	if d.Integration == "" || slug.MatchString(d.Integration) {
		return nil
	}
	return Problems{{Path: "integration", Text: "must be 1 to 40 lower-case letters, digits and hyphens, and begin and end with a letter or digit"}}
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
	if o.Sweep.Window < o.Sweep.Every {
		add("sweep.window", "must not be shorter than sweep.every ("+o.Sweep.Every.String()+"), or writes between two sweeps are not looked at")
	}
	if o.Enabled && len(o.CustomerMatch) == 0 {
		add("customer_match", "must name at least one key, or every order makes a new customer")
	}
	return problems
}

// printable reports whether text holds characters only that every system keeps
// as they are.
func printable(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' })
}

func mappingProblems(m domain.Mapping) Problems {
	var problems Problems
	for _, entity := range domain.MappedEntities() {
		seen := map[string]int{}
		for i, row := range m.Rows(entity) {
			path := fmt.Sprintf("mapping.%s[%d]", entity, i)
			if first, twice := seen[strings.ToUpper(row.Target)]; twice && row.Target != "" {
				problems = append(problems, Problem{Path: path + ".target", Text: fmt.Sprintf("is filled twice; the first is row [%d]", first)})
				continue
			}
			seen[strings.ToUpper(row.Target)] = i
			if row.Proof != domain.ProofNone && entity != domain.EntityOrderLine {
				problems = append(problems, Problem{Path: path + ".proof", Text: "belongs to order lines only"})
			}
		}
	}
	return problems
}

// keyFieldProblems makes sure that what is written can be found again: a
// reference that is not on the order, or not whole, would let a repeated order
// pass for a new one.
func (d Document) keyFieldProblems() Problems {
	var problems Problems
	assumed := d.AccountView.Assumptions
	i := rowOf(d.Mapping.Order, assumed.OrderReferenceField)
	switch {
	case assumed.OrderReferenceField == "": // reported as required
	case i < 0:
		problems = append(problems, Problem{Path: "mapping.order", Text: "must fill " + assumed.OrderReferenceField + " from: reference (accountview.assumptions.order_reference_field), or no order is found again"})
	case strings.TrimSpace(d.Mapping.Order[i].Source) != "reference":
		problems = append(problems, Problem{Path: fmt.Sprintf("mapping.order[%d].source", i), Text: "must be: reference; the order is found again by it"})
	case d.Mapping.Order[i].TooLong != domain.TooLongReject:
		problems = append(problems, Problem{Path: fmt.Sprintf("mapping.order[%d].too_long", i), Text: "must be reject; a cut reference is not found again"})
	}
	if slices.Contains(d.Flows.Orders.CustomerMatch, MatchExternalNumber) && rowOf(d.Mapping.Customer, assumed.DebtorExternalNumberField) < 0 {
		problems = append(problems, Problem{Path: "mapping.customer", Text: "must fill " + assumed.DebtorExternalNumberField + " (accountview.assumptions.debtor_external_number_field), because customer_match looks for it"})
	}
	return problems
}

func rowOf(rows []domain.MappingRow, target string) int {
	return slices.IndexFunc(rows, func(row domain.MappingRow) bool { return strings.EqualFold(row.Target, target) })
}

// keyLength bounds a code of either system.
const keyLength = 100

func lookupProblems(lookups domain.Lookups) Problems {
	var problems Problems
	for _, name := range slices.Sorted(maps.Keys(lookups)) {
		table, path := lookups[name], "lookups."+name
		if !tableName.MatchString(name) {
			problems = append(problems, Problem{Path: path, Text: "must be named with lower-case letters, digits and underscores"})
		}
		if table.Default != "" && table.Unmapped != domain.UnmappedDefault {
			problems = append(problems, Problem{Path: path + ".default", Text: "is only used with unmapped: default"})
		}
		problems = append(problems, rowProblems(path, table.Rows)...)
	}
	return problems
}

var tableName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

func rowProblems(path string, rows []domain.LookupRow) Problems {
	var problems Problems
	keys, percents := map[string]int{}, map[string]domain.LookupRow{}
	for i, row := range rows {
		at := fmt.Sprintf("%s.rows[%d]", path, i)
		if first, twice := keys[row.Key]; twice {
			problems = append(problems, Problem{Path: at + ".key", Text: fmt.Sprintf("stands here twice; the first is row [%d]", first)})
		} else {
			keys[row.Key] = i
		}
		if utf8.RuneCountInString(row.Key) > keyLength || utf8.RuneCountInString(row.Value) > keyLength {
			problems = append(problems, Problem{Path: at, Text: fmt.Sprintf("must hold no key or value longer than %d characters", keyLength)})
		}
		if row.Percent == nil {
			continue
		}
		if row.Percent.IsNegative() || row.Percent.GreaterThan(decimal.NewFromInt(100)) {
			problems = append(problems, Problem{Path: at + ".percent", Text: "must be from 0 to 100"})
		}
		if other, known := percents[row.Value]; known && !other.Percent.Equal(*row.Percent) {
			problems = append(problems, Problem{Path: at + ".percent", Text: "differs from another row with the same value; one code has one percentage"})
		}
		percents[row.Value] = row
	}
	return problems
}
