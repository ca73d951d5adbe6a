package sandbox

import (
	"fmt"
	"strconv"
	"strings"
)

// writeOrder applies the rules of a sales order's header: who may order, where it goes, and its number.
func writeOrder(w *writing, r row, insert bool) error {
	setIfEmpty(r, "RPL_DEL", r["RPL_INV"])
	debtor, err := w.debtorOf(r, "RPL_INV", insert)
	if err != nil {
		return err
	}
	if _, err := w.debtorOf(r, "RPL_DEL", insert); err != nil {
		return err
	}
	if code := r["DEL_CODE"]; code != "" {
		address, known := w.row(delAddrTable.Name, code)
		if known && address["SUB_NR"] != r["RPL_DEL"] && address["SUB_NR"] != r["RPL_INV"] {
			return invalid(doesNotExist, "Afleveradres %s hoort niet bij debiteur %s.", code, r["RPL_DEL"])
		}
	}
	if !insert {
		return nil
	}
	r["ORD_NR"] = fmt.Sprintf("%02d%06d", w.moment.Year()%100, w.next(fmt.Sprintf("ORD_NR %d", w.moment.Year()), 1))
	setIfEmpty(r, "GROSS_FLG", strconv.FormatBool(w.options.GrossPrices == On))
	setIfEmpty(r, "ORD_DATE", w.moment.Format("2006-01-02")+"T00:00:00")
	setIfEmpty(r, "CUR_CODE", debtor["CUR_CODE"])
	setIfEmpty(r, "DISC_CODE", debtor["DISC_CODE"])
	setIfEmpty(r, "APX_LIST", debtor["APX_LIST"])
	return nil
}

// debtorOf finds the debtor that a header names and refuses one who may not order.
func (w *writing) debtorOf(r row, name string, insert bool) (row, error) {
	number := r[name]
	if number == "" {
		return nil, invalid(mustBeGiven, "Veld %s moet worden ingevuld.", name)
	}
	debtor, known := w.row(contactTable.Name, number)
	if !known || !isDebtor(debtor) {
		return nil, invalid(doesNotExist, "Debiteur '%s' van veld %s bestaat niet.", number, name)
	}
	if insert && debtor.flag("REC_BLK") {
		return nil, invalid(recordBlocked, "Debiteur %s is geblokkeerd.", number)
	}
	if insert && debtor.flag("BLK_SP") {
		return nil, invalid(recordBlocked, "Debiteur %s is geblokkeerd voor orders.", number)
	}
	return debtor, nil
}

// writeOrderLine stores one line of a new order.
func writeOrderLine(w *writing, header row, given *sentRow, place, headerPlace int) error {
	t := &soLineTable
	if err := w.checkGiven(t, given, true); err != nil {
		return err
	}
	r := given.values
	article, known := w.row(articleTable.Name, r["ART_CODE"])
	switch {
	case r["ART_CODE"] == "":
		return invalid(mustBeGiven, "Veld ART_CODE moet worden ingevuld.")
	case !known:
		return invalid(doesNotExist, "Artikel '%s' bestaat niet.", r["ART_CODE"])
	case article.flag("REC_BLK"):
		return invalid(recordBlocked, "Artikel %s is geblokkeerd.", r["ART_CODE"])
	}
	r["REC_ID"] = w.nextID(t)
	r["ORD_NR"] = header["ORD_NR"]
	r["REC_ORD"] = strconv.Itoa(place)
	setIfEmpty(r, "ART_DESC1", article["ART_DESC1"])
	setIfEmpty(r, "UNT_CODE", article["UNT_CODE"])
	setIfEmpty(r, "VAT_CODE", article["VAT_CODE"])
	setIfEmpty(r, "ART_PX", article["PX_SELL"])
	setIfEmpty(r, "DEL_DATE", header["DEL_DATE"])
	if err := w.checkForeignVAT(header, r); err != nil {
		return err
	}
	if err := w.finish(t, r, true); err != nil {
		return err
	}
	w.written = append(w.written, writtenRow{t, r, given, headerPlace})
	return nil
}

// checkForeignVAT refuses, when the switch says so, what the desktop program asks a person about: a domestic rate for a
// relation whose VAT number is not Dutch.
func (w *writing) checkForeignVAT(header, line row) error {
	if w.options.ForeignVAT == "accept" {
		return nil
	}
	debtor, _ := w.row(contactTable.Name, header["RPL_INV"])
	vat, _ := w.row(vatTable.Name, line["VAT_CODE"])
	number := debtor["VAT_NR"]
	if number != "" && !strings.HasPrefix(number, "NL") && !vat.flag("IS_REVERSE") {
		return invalid(wrongValue, "Btw-code %s is een binnenlandse code en debiteur %s is buitenlands.", line["VAT_CODE"], header["RPL_INV"])
	}
	return nil
}

// closeOrder totals an order that is new or changed.
func closeOrder(w *writing, header row, _ int) error {
	lines := w.orderLines(header["ORD_NR"])
	if len(lines) == 0 {
		return invalid(mustBeGiven, "Een verkooporder moet ten minste één regel hebben.")
	}
	stored, _ := w.row(soHdrTable.Name, header["ORD_NR"])
	stored["ORD_TOT"] = orderTotals(w.changes, stored, lines).Gross.String()
	w.put(&soHdrTable, stored)
	return nil
}
