package sandbox

import (
	"fmt"
	"strings"
)

// firstDebtor is where numbering begins in empty books.
const firstDebtor = 10001

// writeDebtor numbers a new debtor, fills in what AccountView derives, and demands a control account: without one a
// relation is no debtor.
func writeDebtor(w *writing, r row, insert bool) error {
	if insert {
		if err := w.numberDebtor(r); err != nil {
			return err
		}
		r["ACCT_LINK"], r["DEB_SHOW"] = linkDebtor, "true"
		setIfEmpty(r, "CUR_CODE", "EUR")
		setIfEmpty(r, "CNT_CODE", "NL")
	}
	if r["ACCT_NR"] == "" {
		return invalid(mustBeGiven, "Veld ACCT_NR moet worden ingevuld.")
	}
	account, known := w.row(ledgerTable.Name, r["ACCT_NR"])
	if known && account["ACCT_LINK"] != linkDebtor {
		return invalid(wrongValue, "Grootboekrekening %s is geen verzamelrekening debiteuren.", r["ACCT_NR"])
	}
	deriveAddress(r)
	return nil
}

// numberDebtor gives the next free number to a debtor that brings none.
func (w *writing) numberDebtor(r row) error {
	if r["SUB_NR"] != "" {
		return nil
	}
	if w.options.DebtorNumbering == "client" {
		return invalid(mustBeGiven, "Veld SUB_NR moet worden ingevuld.")
	}
	for {
		r["SUB_NR"] = fmt.Sprint(w.next("SUB_NR", firstDebtor))
		if _, taken := w.row(contactTable.Name, r["SUB_NR"]); !taken {
			return nil
		}
	}
}

// deriveAddress keeps the columns that AccountView composes from others.
func deriveAddress(r row) {
	r["COUNTRY"] = countryNames[r["CNT_CODE"]]
	r["BOX_CITY"] = r["CITY"]
	if r["PO_CITY"] != "" {
		r["BOX_CITY"] = r["PO_CITY"]
	}
	r["SRC_PC"] = r["POST_CODE"]
	r["VIS_ADDRES"] = addressBlock(r["ACCT_NAME"], r["ADDRESS1"], r["POST_CODE"], r["CITY"], r["COUNTRY"])
	r["INV_ADDRES"] = r["VIS_ADDRES"]
}

func addressBlock(name, street, postcode, city, country string) string {
	lines := []string{name, street, strings.TrimSpace(postcode + "  " + city), country}
	var filled []string
	for _, line := range lines {
		if line != "" {
			filled = append(filled, line)
		}
	}
	return strings.Join(filled, "\r\n")
}

func setIfEmpty(r row, name, value string) {
	if r[name] == "" {
		r[name] = value
	}
}
