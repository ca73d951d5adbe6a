package accountview

import (
	"context"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// needed is an object that the flows use.
type needed struct {
	code           string
	insert, update bool
}

func (p *probe) neededObjects() []needed {
	all := []needed{
		{code: objectDebtor, insert: true, update: true},
		{code: objectArticle},
		{code: strings.ToUpper(p.settings.OrdersObject), insert: true},
	}
	if p.uses.Addresses {
		all = append(all, needed{code: objectAddress, insert: true})
	}
	if p.uses.History {
		all = append(all, needed{code: strings.ToUpper(p.settings.HistoryObject)})
	}
	if p.invoices() {
		all = append(all, needed{code: strings.ToUpper(p.settings.Journal.Object), insert: true}, needed{code: strings.ToUpper(p.settings.Journal.ReadObject)})
	}
	return all
}

// invoices reports whether sales become pages of daybooks.
func (p *probe) invoices() bool { return len(p.uses.Mapped[domain.EntityJournal]) > 0 }

// rights: whether the objects that the flows use exist here, and whether the
// user may write those that they write.
func (p *probe) rights() []connectors.Step {
	steps := []connectors.Step{{Name: "objects", Need: connectors.Helps, Look: func(ctx context.Context) (string, string) {
		objects, err := p.BusinessObjects(ctx)
		if err != nil {
			return "", listCode(err)
		}
		p.objects = objects
		return count(len(objects)), ""
	}}}
	for _, n := range p.neededObjects() {
		steps = append(steps, connectors.Step{Name: "object", About: n.code, Need: connectors.Needed, Look: func(ctx context.Context) (string, string) {
			return p.object(ctx, n)
		}})
	}
	return steps
}

// object looks an object up in the list. Without a list, reading one row tells
// whether it is there, and nothing tells whether it may be written.
func (p *probe) object(ctx context.Context, n needed) (found, code string) {
	if p.objects == nil {
		_, err := p.page(ctx, Query{Object: n.code, Table: p.tableOf(n.code), PageSize: 1, BookDate: p.bookDate()})
		switch code = codeOf(err); code {
		case codeQueryRefused:
			code = codeModuleMissing
		case codeWrongCompany:
			code = codeRightMissing
		case codeTableMissing: // rows came, so the object is there
			code = ""
		}
		return "", code
	}
	i := slices.IndexFunc(p.objects, func(o BusinessObject) bool { return o.Code == n.code })
	if i < 0 {
		return "", codeModuleMissing
	}
	o := p.objects[i]
	var missing []string
	if n.insert && !o.Insert {
		missing = append(missing, "insert")
	}
	if n.update && !o.Update {
		missing = append(missing, "update")
	}
	if len(missing) > 0 {
		return "may not " + strings.Join(missing, " and "), codeRightMissing
	}
	return "", ""
}

func (p *probe) tableOf(object string) string {
	switch object {
	case objectDebtor:
		return tableDebtor
	case objectAddress:
		return tableAddress
	case objectArticle:
		return tableArticle
	case strings.ToUpper(p.settings.HistoryObject):
		return p.settings.HistoryTable
	case strings.ToUpper(p.settings.Journal.Object), strings.ToUpper(p.settings.Journal.ReadObject):
		return p.settings.Journal.Table
	default:
		return p.settings.OrdersTable
	}
}

// mappedTables are the tables that the mapping fills, by entity.
func (p *probe) mappedTables() map[domain.Entity]string {
	return map[domain.Entity]string{
		domain.EntityCustomer: tableDebtor, domain.EntityDeliveryAddress: tableAddress,
		domain.EntityOrder: p.settings.OrdersTable, domain.EntityOrderLine: p.settings.OrderLinesTable,
		domain.EntityJournal: p.settings.Journal.Table, domain.EntityJournalLine: p.settings.Journal.LinesTable,
	}
}

// fields: whether every column that the mapping fills exists.
func (p *probe) fields() []connectors.Step {
	steps := []connectors.Step{{Name: "dictionary", Need: connectors.Helps, Look: p.readColumns}}
	tables := p.mappedTables()
	for _, entity := range []domain.Entity{domain.EntityCustomer, domain.EntityDeliveryAddress, domain.EntityOrder, domain.EntityOrderLine, domain.EntityJournal, domain.EntityJournalLine} {
		if len(p.uses.Mapped[entity]) == 0 {
			continue
		}
		steps = append(steps, connectors.Step{Name: "fields", About: tables[entity], Need: connectors.Needed, Look: func(context.Context) (string, string) {
			return p.mapped(tables[entity], p.uses.Mapped[entity])
		}})
	}
	return steps
}

// mapped names the fields that a table does not have. A table that the
// dictionary did not describe tells nothing.
func (p *probe) mapped(table string, fields []string) (found, code string) {
	columns := p.columns[table]
	if len(columns) == 0 {
		return "not described", ""
	}
	var unknown []string
	for _, field := range fields {
		if p.column(table, field) == nil {
			unknown = append(unknown, strings.ToUpper(field))
		}
	}
	if len(unknown) > 0 {
		return strings.Join(unknown, ", "), codeFieldUnknown
	}
	return count(len(columns)), ""
}

// column finds a column of the live dictionary; nil when it has none.
func (p *probe) column(table, field string) row {
	for _, r := range p.columns[table] {
		if same(r.text(fieldColumnName), field) {
			return r
		}
	}
	return nil
}
