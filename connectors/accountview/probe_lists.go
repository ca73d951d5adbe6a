package accountview

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// longestList bounds a list of codes: a chart of accounts has some hundreds.
const longestList = 20_000

// bookList is a list that the books keep.
type bookList struct {
	kind   domain.ListKind
	query  Query
	code   string // column of the code
	name   string
	detail func(row) string
	closed string // column that says that the code is no longer used
}

// lists: what codes the books know, for pickers and for checking lookup tables.
func (p *probe) lists() []connectors.Step {
	nothing := func(row) string { return "" }
	all := []bookList{
		{
			domain.ListBooksVATCodes,
			Query{Object: objectVAT, Table: tableVAT, Fields: []string{fieldVATCode, "VAT_NAME", "VAT_PCT"}},
			fieldVATCode, "VAT_NAME", func(r row) string {
				percent, err := r.number("VAT_PCT")
				if err != nil {
					return ""
				}
				return percent.String() + " %"
			}, "",
		},
		{
			domain.ListBooksLedgerAccounts,
			Query{Object: objectLedger, Table: tableLedger, Fields: []string{fieldLedger, "ACCT_NAME", "REC_BLK"}},
			fieldLedger, "ACCT_NAME", nothing, "REC_BLK",
		},
		{
			domain.ListBooksDaybooks,
			Query{Object: objectDaybooks, Table: tableDaybooks, Fields: []string{fieldDaybook, "DJ_NAME", "DJ_TYPEV"}},
			fieldDaybook, "DJ_NAME", func(r row) string { return r.text("DJ_TYPEV") }, "",
		},
		{
			domain.ListBooksArticleGroups,
			Query{Object: objectArticleGroups, Table: tableArticleGroups, Fields: []string{fieldGroupCode, "AG_DESC"}},
			fieldGroupCode, "AG_DESC", nothing, "",
		},
	}
	var steps []connectors.Step
	for _, l := range all {
		steps = append(steps, connectors.Step{Name: "list", About: string(l.kind), Look: func(ctx context.Context) (string, string) {
			q := l.query
			q.Key = l.code
			rows, err := p.rows(ctx, q)
			return p.listed(l, rows, err)
		}})
	}
	return append(steps, connectors.Step{
		Name: "list", About: string(domain.ListBooksPaymentConditions), Look: p.paymentConditions,
	})
}

// listed keeps a list that was read.
func (p *probe) listed(l bookList, rows []row, err error) (found, code string) {
	if err != nil {
		return "", listCode(err)
	}
	items := []domain.ListedItem{}
	for _, r := range rows[:min(len(rows), longestList)] {
		item := domain.ListedItem{Code: r.text(l.code), Name: r.text(l.name), Detail: l.detail(r)}
		item.Inactive = l.closed != "" && r.flag(l.closed)
		if item.Code != "" {
			items = append(items, item)
			p.seen[string(l.kind)] = append(p.seen[string(l.kind)], item.Code)
		}
	}
	p.Listings[l.kind] = items
	return count(len(items)), ""
}

// paymentConditions takes the first table of the answer: no source tells its name.
func (p *probe) paymentConditions(ctx context.Context) (found, code string) {
	a, err := p.look(ctx, Query{Object: objectPaymentConditions, PageSize: p.settings.PageSize, BookDate: p.bookDate()}, p.settings.CompanyID)
	if err != nil {
		return "", listCode(err)
	}
	read, err := judgeRead(system+" GET "+objectPaymentConditions, a)
	if err != nil {
		return "", listCode(err)
	}
	table := firstTable(a.Body)
	return p.listed(bookList{
		kind: domain.ListBooksPaymentConditions, code: fieldCondition, name: "DISC_DESC",
		detail: func(r row) string {
			if days := r.text("CRED_DAYS"); days != "" {
				return days + " days"
			}
			return ""
		},
	}, read.tables[strings.ToUpper(table)], nil)
}

// readColumns reads the data dictionary of the tables in use, and lists them.
func (p *probe) readColumns(ctx context.Context) (found, code string) {
	tables := []string{tableDebtor, tableAddress, tableArticle, p.settings.OrdersTable, p.settings.OrderLinesTable}
	if p.invoices() {
		tables = append(tables, p.settings.Journal.Table, p.settings.Journal.LinesTable)
	}
	fields := append([]string{fieldColumnOwn, fieldColumnMust}, dictionaryFields...)
	items, ofArticles := []domain.ListedItem{}, []domain.ListedItem{}
	for _, q := range p.anyOf(Query{
		Object: objectDictionary, Table: tableDictionary, System: true, Fields: fields, PageSize: p.settings.MaxPageSize,
	}, dictionaryFilterField, tables) {
		rows, err := p.rows(ctx, q)
		if err != nil {
			return "", listCode(err)
		}
		for _, r := range rows {
			table, c, ok := columnFromDictionary(r)
			if !ok {
				continue
			}
			p.columns[table] = append(p.columns[table], r)
			item := domain.ListedItem{Code: table + "." + c.Name, Name: c.Label, Detail: c.describe(r)}
			items = append(items, item)
			if item.Code = c.Name; table == tableArticle {
				ofArticles = append(ofArticles, item)
			}
		}
	}
	p.Listings[domain.ListBooksFields], p.Listings[domain.ListBooksArticleFields] = items, ofArticles
	return count(len(items)), ""
}

func (c column) describe(r row) string {
	words := []string{string(c.kind())}
	if c.Length > 0 {
		words = append(words, fmt.Sprintf("%d characters", c.Length))
	}
	if r.flag(fieldColumnMust) {
		words = append(words, "required")
	}
	if c.Blocked {
		words = append(words, "kept by AccountView")
	}
	if r.flag(fieldColumnOwn) {
		words = append(words, "custom field")
	}
	return strings.Join(words, ", ")
}

// named: whether the debtor and the account that the document names exist.
func (p *probe) named() []connectors.Step {
	var steps []connectors.Step
	if p.uses.ControlAccount != "" {
		steps = append(steps, connectors.Step{Name: "control_account", About: p.uses.ControlAccount, Need: connectors.Needed, Look: func(context.Context) (string, string) {
			accounts, fetched := p.Listings[domain.ListBooksLedgerAccounts]
			for _, a := range accounts {
				if same(a.Code, p.uses.ControlAccount) {
					return "", ""
				}
			}
			if !fetched {
				return "accounts could not be read", ""
			}
			return "", codeAccountUnknown
		}})
	}
	for _, account := range p.uses.Accounts {
		steps = append(steps, connectors.Step{Name: "account", About: account, Look: func(context.Context) (string, string) {
			accounts, fetched := p.Listings[domain.ListBooksLedgerAccounts]
			if fetched && !slices.ContainsFunc(accounts, func(a domain.ListedItem) bool { return same(a.Code, account) }) {
				return "", codeAccountUnknown
			}
			return "", ""
		}})
	}
	if p.uses.DefaultDebtor != "" {
		steps = append(steps, connectors.Step{Name: "default_debtor", About: p.uses.DefaultDebtor, Need: connectors.Needed, Look: func(ctx context.Context) (string, string) {
			found, err := p.FindCustomers(ctx, connectors.ByNumber, p.uses.DefaultDebtor)
			switch {
			case err != nil:
				return "", codeOf(err)
			case len(found) == 0:
				return "", codeDebtorUnknown
			case found[0].Blocked:
				return "", codeDebtorBlocked
			}
			return "", ""
		}})
	}
	return steps
}

// listCode is the code of a list that could not be read: a refusal only means
// that this user may not read it.
func listCode(err error) string {
	f, ok := fault.As(err)
	if ok && (f.Kind == fault.Rejected || f.Kind == fault.NotFound || f.Code == codeWrongCompany) {
		return codeListNotRead
	}
	return codeOf(err)
}

func count(n int) string { return strconv.Itoa(n) }
