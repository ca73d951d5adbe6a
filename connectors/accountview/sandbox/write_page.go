package sandbox

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// Values of DAILY.DJ_TYPE. The real ones are not known; these are the sandbox's own.
const (
	daybookCash      = "1"
	daybookBank      = "2"
	daybookPurchases = "3"
	daybookSales     = "4"
	daybookMemorial  = "5"
)

var daybookKinds = map[string]string{
	daybookCash: "Kas", daybookBank: "Bank", daybookPurchases: "Inkoop", daybookSales: "Verkoop", daybookMemorial: "Memoriaal",
}

// pageKey names a page: its daybook and its number.
func pageKey(daybook, number string) string { return fmt.Sprintf("%-3s%010s", daybook, number) }

// writePage applies the rules of a page's header: its daybook, its day and period, and its numbers. A page cannot be
// changed through the API.
func writePage(w *writing, r row, insert bool) error {
	daybook, known := w.row(dailyTable.Name, r["DJ_CODE"])
	switch {
	case r["DJ_CODE"] == "":
		return invalid(mustBeGiven, "Veld DJ_CODE moet worden ingevuld.")
	case !known:
		return invalid(doesNotExist, "Dagboek '%s' bestaat niet.", r["DJ_CODE"])
	case r["TRN_DATE"] == "":
		return invalid(mustBeGiven, "Veld TRN_DATE moet worden ingevuld.")
	}
	if err := w.setPeriod(r); err != nil {
		return err
	}
	if r["SUB_NR"] != "" {
		if _, err := w.debtorOf(r, "SUB_NR", false); err != nil {
			return err
		}
	}
	if err := w.numberInvoice(r, daybook); err != nil {
		return err
	}
	number := strconv.FormatInt(w.next("PAGE_NR "+r["DJ_CODE"], 1), 10)
	r["PAGE_NR"], r["PAGE_NRV"], r["PAGE_NRD"] = number, number, pageKey(r["DJ_CODE"], number)
	setIfEmpty(r, "CUR_CODE", daybook["CUR_CODE"])
	setIfEmpty(r, "GROSS_FLG", strconv.FormatBool(daybook.flag("GROSS_FLG")))
	return nil
}

// setPeriod finds the period of the page's day, which must be open, and holds a period that was given against it.
func (w *writing) setPeriod(r row) error {
	period := w.periodOf(cutAt(r["TRN_DATE"], 10))
	switch {
	case period == nil:
		return invalid(doesNotExist, "Datum %s valt in geen periode.", cutAt(r["TRN_DATE"], 10))
	case period.flag(closedColumn):
		return invalid(notAllowed, "Periode %s is afgesloten.", period["PER_NR"])
	case r["PERIOD"] != "" && r["PERIOD"] != period["PER_NR"]:
		return invalid(wrongValue, "Datum %s valt niet in periode %s.", cutAt(r["TRN_DATE"], 10), r["PERIOD"])
	}
	r["PERIOD"] = period["PER_NR"]
	return nil
}

func (w *writing) periodOf(day string) row {
	for _, key := range w.books.tables[admPerTable.Name].keys {
		p, _ := w.row(admPerTable.Name, key)
		if cutAt(p["START_DATE"], 10) <= day && day <= cutAt(p["END_DATE"], 10) {
			return p
		}
	}
	return nil
}

// numberInvoice gives an invoice its number where the daybook numbers by itself, and demands a new one where it does not.
func (w *writing) numberInvoice(r row, daybook row) error {
	sales := daybook["DJ_TYPE"] == daybookSales
	switch {
	case daybook.flag("NUM_AUTO") && r["INV_NR"] != "":
		return invalid(notAllowed, "Dagboek %s nummert zelf; veld INV_NR mag niet worden ingevuld.", r["DJ_CODE"])
	case daybook.flag("NUM_AUTO") && sales:
		r["INV_NR"] = fmt.Sprintf("%02d%06d", w.moment.Year()%100, w.next("DJ_INV_NR "+r["DJ_CODE"], 1))
	case sales && r["INV_NR"] == "":
		return invalid(mustBeGiven, "Veld INV_NR moet worden ingevuld.")
	case sales:
		for _, key := range w.books.tables[djPageTable.Name].keys {
			if p, _ := w.row(djPageTable.Name, key); p["DJ_CODE"] == r["DJ_CODE"] && p["INV_NR"] == r["INV_NR"] {
				return invalid(existsAlready, "Factuurnummer %s bestaat al in dagboek %s.", r["INV_NR"], r["DJ_CODE"])
			}
		}
	}
	return nil
}

// writePageLine stores one line of a new page.
func writePageLine(w *writing, header row, given *sentRow, place, headerPlace int) error {
	t := &djLineTable
	if err := w.checkGiven(t, given, true); err != nil {
		return err
	}
	r := given.values
	account, known := w.row(ledgerTable.Name, r["ACCT_NR"])
	switch {
	case r["ACCT_NR"] == "":
		return invalid(mustBeGiven, "Veld ACCT_NR moet worden ingevuld.")
	case !known:
		return invalid(doesNotExist, "Grootboekrekening '%s' bestaat niet.", r["ACCT_NR"])
	case account.flag("REC_BLK"):
		return invalid(recordBlocked, "Grootboekrekening %s is geblokkeerd.", r["ACCT_NR"])
	case r["VAT_CODE"] == "" && !r.number("VAT_AMT").IsZero():
		return invalid(mustBeGiven, "Veld VAT_CODE moet worden ingevuld bij een btw-bedrag.")
	}
	r["REC_ID"], r["PAGE"] = w.nextID(t), header["PAGE_NRD"]
	r["DJ_CODE"], r["PAGE_NR"], r["PAGE_NRV"] = header["DJ_CODE"], header["PAGE_NR"], header["PAGE_NRV"]
	r["SRC_ID"], r["SRC_TYPE"], r["REC_ORD"] = header["PAGE_NR"], "1", strconv.Itoa(place)
	for _, name := range []string{"TRN_DATE", "SUB_NR", "INV_NR", "CUR_CODE"} {
		setIfEmpty(r, name, header[name])
	}
	setIfEmpty(r, "TRN_DESC", header["HDR_DESC"])
	if err := w.checkVAT(header, r); err != nil {
		return err
	}
	if err := w.finish(t, r, true); err != nil {
		return err
	}
	w.written = append(w.written, writtenRow{t, r, given, headerPlace})
	return nil
}

// checkVAT computes the VAT of a line, and holds against it what was given.
func (w *writing) checkVAT(header, r row) error {
	vat, known := w.row(vatTable.Name, r["VAT_CODE"])
	if r["VAT_CODE"] == "" || !known {
		return nil // finish refuses an unknown code
	}
	amount, percent := r.number("AMOUNT"), vat.number("VAT_PCT")
	tax := amount.Mul(percent).DivRound(hundred, 2)
	if header.flag("GROSS_FLG") {
		tax = amount.Mul(percent).DivRound(hundred.Add(percent), 2)
	}
	if given, is := r["VAT_AMT"]; is && decimalOf(given).Sub(tax).Abs().GreaterThan(decimalOf(w.options.VATTolerance)) {
		return invalid(wrongValue, "Btw-bedrag %s past niet bij %s %% van btw-code %s.", given, percent, r["VAT_CODE"])
	}
	setIfEmpty(r, "VAT_AMT", tax.String())
	base := amount
	if header.flag("GROSS_FLG") {
		base = amount.Sub(r.number("VAT_AMT"))
	}
	if given, is := r["BASE_AMT"]; is && !decimalOf(given).Equal(base) {
		return invalid(wrongValue, "Grondslag %s past niet bij bedrag %s.", given, amount)
	}
	r["BASE_AMT"] = base.String()
	return nil
}

// closePage holds a new page as a whole against the kind of its daybook.
func closePage(w *writing, header row, lines int) error {
	if lines == 0 {
		return invalid(mustBeGiven, "Een bladzijde moet ten minste één regel hebben.")
	}
	daybook, _ := w.row(dailyTable.Name, header["DJ_CODE"])
	balance, tax := decimal.Zero, decimal.Zero
	var nobody []string
	for _, written := range w.written {
		r := written.row
		if written.table != &djLineTable || r["PAGE"] != header["PAGE_NRD"] {
			continue
		}
		if r["SUB_NR"] == "" {
			nobody = append(nobody, r["REC_ORD"])
		}
		tax = tax.Add(r.number("VAT_AMT"))
		balance = balance.Add(lineGross(header, r))
	}
	switch daybook["DJ_TYPE"] {
	case daybookSales:
		if len(nobody) > 0 {
			return invalid(mustBeGiven, "Een debiteur ontbreekt op regel %s.", strings.Join(nobody, ", "))
		}
	case daybookMemorial:
		if !balance.IsZero() {
			return invalid(wrongValue, "De bladzijde is niet in evenwicht: %s.", balance.StringFixed(2))
		}
	}
	stored, _ := w.row(djPageTable.Name, header["PAGE_NRD"])
	stored["PAGE_AMT"], stored["PAGE_VAT"] = balance.String(), tax.String()
	w.put(&djPageTable, stored)
	return nil
}

// lineGross is what a line comes to with its VAT, with the sign as it stands.
func lineGross(header, line row) decimal.Decimal {
	if header.flag("GROSS_FLG") {
		return line.number("AMOUNT")
	}
	return line.number("AMOUNT").Add(line.number("VAT_AMT"))
}
