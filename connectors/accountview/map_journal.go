package accountview

import (
	"slices"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// orderFromPage names a page by its daybook and number, which only together are
// one page's own: "700/12".
func (s JournalSettings) orderFromPage(r row, refField string) connectors.OrderRecord {
	return connectors.OrderRecord{ID: pageID(r.text(s.DaybookField), r.text(s.PageField)), Reference: r.text(refField)}
}

func pageID(daybook, page string) string { return daybook + "/" + page }

// signed gives the lines of a page the sign that the books want. In a draft what
// is sold, or credited otherwise, is positive; this is the one place that turns it.
func (s JournalSettings) signed(d domain.Draft) domain.Draft {
	if s.Amounts == AmountsPositive && textOf(d, fieldPageDebtor) != "" {
		return d
	}
	d.Lines = slices.Clone(d.Lines)
	for i := range d.Lines {
		d.Lines[i].Fields = slices.Clone(d.Lines[i].Fields)
		for j, f := range d.Lines[i].Fields {
			if signedColumns[f.Name] && f.Value.Kind == domain.KindNumber {
				d.Lines[i].Fields[j].Value = domain.NumberValue(f.Value.Number.Neg())
			}
		}
	}
	return d
}
