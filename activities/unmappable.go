package activities

import (
	"errors"
	"fmt"
	"strings"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// unmappable says why a record could not be mapped. Codes that miss a lookup row
// are business keys and may be shown; values of fields may not, and stand in the
// detail, which is kept encrypted.
func unmappable(err error, about string) error {
	code, detail := "mapping_failed", err.Error()
	var coded interface{ Code() string }
	if errors.As(err, &coded) {
		code = coded.Code()
	}
	awaits := domain.WaitForDocument
	var unmapped *mapping.Unmapped
	if errors.As(err, &unmapped) {
		about = unmapped.Table
		if !unmapped.Private {
			awaits = domain.WaitForRow(unmapped.Table, unmapped.Key)
		}
		if detail += ": " + unmapped.Key.String(); !unmapped.Private {
			about += " " + unmapped.Key.String()
		}
	}
	return fault.New(fault.Invalid, code, "map").About(about).WithDetail(detail).Because(err).Awaiting(string(awaits))
}

// wordDifferences tells a bookkeeper on which VAT codes till and books would not agree.
func wordDifferences(differences []reconcile.Difference) string {
	lines := make([]string, len(differences))
	for i, d := range differences {
		lines[i] = fmt.Sprintf("VAT code %s of the till: till %s excl. + %s VAT, books would have %s excl. + %s VAT",
			d.Code, d.TillExcl.StringFixed(2), d.TillVAT.StringFixed(2), d.BookedExcl.StringFixed(2), d.BookedVAT.StringFixed(2))
	}
	return strings.Join(lines, "\n")
}
