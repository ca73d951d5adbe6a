package activities

import (
	"slices"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// ofTheDocument are the causes, beside what the mapping cannot do, that another
// version of the document may take away.
var ofTheDocument = []string{
	"vat_differs", "total_differs", "domestic_vat_foreign_debtor", "no_customer", "default_debtor_absent", "reference_required",
	"credit_for_a_person", "period_closed", "day_totals_off", "not_paid_in_time", "counter_unprovable",
	reconcile.CodeChanged, reconcile.CodeNotAllowed, reconcile.CodeCancelled,
}

// waitsFor is what a parked order waits for; empty: nobody but a person can tell.
// What a setting of the document stops may pass under another document.
func waitsFor(why Failure) []string {
	switch {
	case len(why.Awaits) > 0:
		return why.Awaits
	case why.StopsEverything(), slices.Contains(ofTheDocument, why.Code):
		return []string{string(domain.WaitForDocument)}
	default:
		return []string{}
	}
}

// wokenBy is what the timeline of an order says that goes on by itself.
func wokenBy(keys []string) string {
	if len(keys) == 0 {
		return "document_changed"
	}
	return map[domain.WaitKind]string{
		domain.WaitProduct: "article_arrived", domain.WaitRow: "row_arrived", domain.WaitCredited: "original_arrived",
		domain.WaitDocument: "document_changed",
	}[domain.WaitKey(keys[0]).Kind()]
}

// keysOf are the distinct keys of one kind among all that is waited for.
func keysOf(kind domain.WaitKind, waiting []waitingOrder) []string {
	var all []string
	for _, order := range waiting {
		for _, key := range order.WaitsFor {
			if domain.WaitKey(key).Kind() == kind {
				all = append(all, domain.WaitKey(key).About())
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// hasRow reports whether a code of a lookup table is answered for now, on some
// day: by a row, by the default of the table, or because there is no such table.
func hasRow(lookups domain.Lookups, table string, key domain.LookupKey) bool {
	of, there := lookups[table]
	if !there || of.Unmapped == domain.UnmappedDefault {
		return true
	}
	return slices.ContainsFunc(of.Rows, func(row domain.LookupRow) bool {
		if len(row.Key) != len(key) {
			return false
		}
		for i, text := range row.Key {
			if text != domain.AnyKey && text != key[i] {
				return false
			}
		}
		return true
	})
}
