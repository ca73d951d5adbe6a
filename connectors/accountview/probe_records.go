package accountview

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

var digits = regexp.MustCompile(`[0-9]`)

// dateForm shows the shape of a date, not the date.
func (p *probe) dateForm(ctx context.Context) (found, set string) {
	rows, err := p.rowsAsAsked(ctx, p.oneDebtor(fieldDebtorNumber, fieldChangedAt))
	if err != nil || len(rows) == 0 || rows[0].text(fieldChangedAt) == "" {
		return "", ""
	}
	return digits.ReplaceAllString(rows[0].text(fieldChangedAt), "9"), ""
}

func (p *probe) relatedColumn(ctx context.Context) (found, set string) {
	q := p.processedOrders()
	q.PageSize, q.BookDate = 1, p.bookDate()
	rows, err := p.rowsAsAsked(ctx, q)
	if err != nil || len(rows) == 0 {
		return "", ""
	}
	field := strings.ToUpper(p.settings.HistoryRefField)
	for name, form := range map[string]string{field: "as asked", strings.ReplaceAll(field, ".", "_"): "with an underscore"} {
		if _, there := rows[0][name]; there {
			return form, ""
		}
	}
	if rows[0].has(field) {
		return "without its table", ""
	}
	return "not in the answer", ""
}

// hasColumn: whether the live dictionary knows a column.
func (p *probe) hasColumn(table, field string) func(context.Context) (string, string) {
	return func(context.Context) (found, set string) {
		switch c := p.column(table, field); {
		case len(p.columns[table]) == 0:
			return "", ""
		case c == nil:
			return table + " has no " + field, ""
		default:
			return fmt.Sprintf("%s has %s, %s characters", table, field, c.text(fieldColumnLength)), ""
		}
	}
}

func (p *probe) mustBeFilled(table, field string) func(context.Context) (string, string) {
	return func(context.Context) (found, set string) {
		switch c := p.column(table, field); {
		case c == nil:
			return "", ""
		case c.flag(fieldColumnMust):
			return "people must fill it in", ""
		default:
			return "may stay empty", ""
		}
	}
}

// columnsBeginning lists the columns of a table that begin so.
func (p *probe) columnsBeginning(table, beginning string) func(context.Context) (string, string) {
	return func(context.Context) (found, set string) {
		var names []string
		for _, r := range p.columns[table] {
			if name := r.text(fieldColumnName); strings.HasPrefix(strings.ToUpper(name), beginning) {
				names = append(names, name)
			}
		}
		return strings.Join(names, ", "), ""
	}
}

// objectsAbout lists the objects whose description speaks of any of the words.
func (p *probe) objectsAbout(words ...string) func(context.Context) (string, string) {
	return func(context.Context) (found, set string) {
		var names []string
		for _, o := range p.objects {
			for _, word := range words {
				if strings.Contains(strings.ToLower(o.Description), word) {
					names = append(names, o.Code+" ("+o.Description+")")
					break
				}
			}
		}
		return strings.Join(names, ", "), ""
	}
}

// priceObjects: which of those that the settings name are there, and which others look
// as if they held prices.
func (p *probe) priceObjects(ctx context.Context) (found, set string) {
	if len(p.objects) == 0 {
		return "", ""
	}
	var told []string
	for _, named := range p.settings.PriceObjects {
		stands := " is not there"
		if slices.ContainsFunc(p.objects, func(o BusinessObject) bool { return same(o.Code, named.Object) }) {
			stands = " is there"
		}
		told = append(told, named.Object+stands)
	}
	if others, _ := p.objectsAbout("prijs", "korting", "price", "discount")(ctx); others != "" {
		told = append(told, "named so: "+others)
	}
	return strings.Join(told, "; "), ""
}

func (p *probe) controlAccount(context.Context) (found, set string) {
	accounts, fetched := p.Listings[domain.ListBooksLedgerAccounts]
	if !fetched || p.uses.ControlAccount == "" {
		return "", ""
	}
	for _, a := range accounts {
		if same(a.Code, p.uses.ControlAccount) {
			return "the account exists", ""
		}
	}
	return "no such account", ""
}

// orderReference: whether the column exists, how long it is, and whether the one
// that is meant for it exists.
func (p *probe) orderReference(ctx context.Context) (found, set string) {
	table := p.settings.OrdersTable
	found, _ = p.hasColumn(table, p.settings.OrderRefField)(ctx)
	if found != "" && !same(p.settings.OrderRefField, "EXT_ID") && p.column(table, "EXT_ID") != nil {
		found += "; EXT_ID exists too"
	}
	return found, ""
}

// grossPrices reads how the latest orders are priced, where their header tells.
func (p *probe) grossPrices(ctx context.Context) (found, set string) {
	const field = "GROSS_FLG"
	if p.column(p.settings.OrdersTable, field) == nil {
		return "", ""
	}
	q := p.openOrders()
	q.Fields, q.PageSize, q.BookDate = append(q.Fields, field), 20, p.bookDate()
	rows, err := p.rowsAsAsked(ctx, q)
	if err != nil || len(rows) == 0 {
		return "", ""
	}
	gross := 0
	for _, r := range rows {
		if r.flag(field) {
			gross++
		}
	}
	switch gross {
	case len(rows):
		return fmt.Sprintf("%d orders, all including VAT", len(rows)), "incl"
	case 0:
		return fmt.Sprintf("%d orders, none including VAT", len(rows)), "excl"
	default:
		return fmt.Sprintf("%d of %d orders include VAT", gross, len(rows)), ""
	}
}

func (p *probe) deliveryAddress(context.Context) (found, set string) {
	if len(p.columns[p.settings.OrdersTable]) == 0 {
		return "", ""
	}
	var ways []string
	if len(p.columns[tableAddress]) > 0 && p.column(p.settings.OrdersTable, "DEL_CODE") != nil {
		ways = append(ways, "an address record and its code on the order")
	}
	if p.column(p.settings.OrdersTable, fieldAddressStreet) != nil {
		ways = append(ways, "address fields on the order")
	}
	if len(ways) == 0 {
		return "neither an address record nor address fields", ""
	}
	return strings.Join(ways, "; "), ""
}

func (p *probe) conditionsTable(ctx context.Context) (found, set string) {
	a, err := p.look(ctx, Query{Object: objectPaymentConditions, PageSize: 1, BookDate: p.bookDate()}, p.settings.CompanyID)
	if err != nil {
		return "", ""
	}
	if _, err := judgeRead(system+" GET "+objectPaymentConditions, a); err != nil {
		return "", ""
	}
	return firstTable(a.Body), ""
}

func (p *probe) deletable(context.Context) (found, set string) {
	if p.objects == nil {
		return "", ""
	}
	var names []string
	for _, o := range p.objects {
		if o.Delete {
			names = append(names, o.Code)
		}
	}
	if len(names) == 0 {
		return "no object may be deleted", ""
	}
	return "may be deleted: " + strings.Join(names, ", "), ""
}
