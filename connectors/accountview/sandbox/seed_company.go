package sandbox

import (
	"fmt"
	"strconv"
	"time"
)

// seedCompany makes the company's administrations, one per book year, and the periods of three of them.
func (w *writing) seedCompany(year int) {
	w.seedRow(&compHdrTable, row{"COMP_ID": companyCode, "COMP_DESC": companyName, "KVK_NR": "30998877", "VAT_NR": "NL001234567B01"})
	for y := firstBookYear; y <= year+1; y++ {
		previous := ""
		if y > firstBookYear {
			previous = companyCode + strconv.Itoa(y-1)
		}
		w.seedRow(&admListTable, row{
			"ADM_CODE": companyCode + strconv.Itoa(y), "ADM_DESC": fmt.Sprintf("%s %d", companyName, y), "ADM_PREV": previous,
			"ADM_DIR": `\\SERVER\AV\` + companyCode + strconv.Itoa(y), "ATS_YEAR": strconv.Itoa(y), "DBC_NAME": "ADM",
			"BOOK_DATE": fmt.Sprintf("%d-01-01T00:00:00", y),
		})
	}
	for month := range 36 { // last year, this one and the next
		first := time.Date(year-1, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC)
		w.seedRow(&admPerTable, row{
			"REC_ID": w.nextID(&admPerTable), "PER_NR": strconv.Itoa(month%12 + 1), "START_DATE": first.Format(momentLayout),
			"END_DATE": first.AddDate(0, 1, -1).Format(momentLayout),
		})
	}
}

// seedCodes makes the codes that orders and debtors name.
func (w *writing) seedCodes() {
	for _, a := range [][3]string{
		{"1000", "Kas", ""},
		{"1100", "Bank", ""},
		{accountDebtors, "Debiteuren", linkDebtor},
		{accountCreditors, "Crediteuren", linkCreditor},
		{"1510", "Btw hoog af te dragen", ""},
		{"1520", "Btw laag af te dragen", ""},
		{"1530", "Btw verlegd", ""},
		{"1540", "Voorbelasting", ""},
		{"3000", "Voorraad", ""},
		{"7000", "Inkoopwaarde omzet", ""},
		{"8000", "Omzet hoog", ""},
		{"8010", "Omzet laag", ""},
		{"8020", "Omzet nul en vrijgesteld", ""},
		{"8100", "Verzendkosten", ""},
		{"8200", "Verleende kortingen", ""},
		{"8900", "Afrondingsverschillen", ""},
		{"1010", "Kasverschillen", ""},
		{"1200", "Kruisposten pin", ""},
		{"1710", "Cadeaubonnen", ""},
		{"1720", "Vooruitontvangen bedragen", ""},
		{"1730", "Statiegeld", ""},
	} {
		w.seedRow(&ledgerTable, row{"ACCT_NR": a[0], "ACCT_NAME": a[1], "ACCT_LINK": a[2], "CUR_CODE": "EUR"})
	}
	w.seedRow(&ledgerTable, row{"ACCT_NR": "8999", "ACCT_NAME": "Omzet oud", "CUR_CODE": "EUR", "REC_BLK": "true"})
	w.seedRow(&vatTable, row{"VAT_CODE": vatHigh, "VAT_NAME": "Btw hoog 21%", "VAT_PCT": "21", "VAT_TYPE": "1", "CALC_TYPE": "1", "VAT_ACCT": "1510", "FRM_CODE": "1A"})
	w.seedRow(&vatTable, row{"VAT_CODE": vatLow, "VAT_NAME": "Btw laag 9%", "VAT_PCT": "9", "VAT_TYPE": "1", "CALC_TYPE": "1", "VAT_ACCT": "1520", "FRM_CODE": "1B"})
	w.seedRow(&vatTable, row{"VAT_CODE": vatZero, "VAT_NAME": "Btw nul", "VAT_PCT": "0", "VAT_TYPE": "1", "CALC_TYPE": "1", "VAT_ACCT": "1510", "FRM_CODE": "1E"})
	w.seedRow(&vatTable, row{
		"VAT_CODE": vatReverse, "VAT_NAME": "Btw verlegd en leveringen EU", "VAT_PCT": "0", "VAT_TYPE": "1", "CALC_TYPE": "1",
		"VAT_ACCT": "1530", "FRM_CODE": "3B", "IS_REVERSE": "true",
	})
	for _, d := range [][5]string{
		{"100", "Kasboek", "1000", daybookCash, "true"},
		{"200", "Bankboek", "1100", daybookBank, "true"},
		{"600", "Inkoopboek", "", daybookPurchases, "true"},
		{"700", "Verkoopboek", "", daybookSales, "true"},
		{"710", "Verkoopboek extern genummerd", "", daybookSales, "false"},
		{"900", "Memoriaal", "", daybookMemorial, "false"},
	} {
		w.seedRow(&dailyTable, row{
			"DJ_CODE": d[0], "DJ_NAME": d[1], "DJ_ACCT": d[2], "DJ_TYPE": d[3], "DJ_TYPEV": daybookKinds[d[3]], "CUR_CODE": "EUR", "NUM_AUTO": d[4],
		})
	}
	for _, c := range [][2]string{{"100", "Winkel"}, {"200", "Webwinkel"}, {"300", "Groothandel"}} {
		w.seedRow(&costTable, row{"COST_CODE": c[0], "COST_DESC": c[1]})
	}
	for _, p := range [][3]string{{"00", "Contant", "0"}, {"14", "14 dagen netto", "14"}, {"30", "30 dagen netto", "30"}, {"60", "60 dagen netto", "60"}} {
		w.seedRow(&payCondTable, row{"DISC_CODE": p[0], "DISC_DESC": p[1], "CRED_DAYS": p[2]})
	}
}

// seedCreditors makes two suppliers, which must not be taken for debtors.
func (w *writing) seedCreditors() {
	for i, name := range []string{"Groothandel Kookwaar B.V.", "Kwekerij Van Loon"} {
		r := row{
			"SUB_NR": strconv.Itoa(60001 + i), "ACCT_NAME": name, "SRC_CODE": cutAt(upper(name), 10), "ACCT_NR": accountCreditors,
			"ACCT_LINK": linkCreditor, "CRED_SHOW": "true", "ADDRESS1": fmt.Sprintf("Handelsweg %d", 10+i), "POST_CODE": "3542 AD",
			"CITY": "Utrecht", "CNT_CODE": "NL", "CUR_CODE": "EUR", "DISC_CODE": "30",
		}
		deriveAddress(r)
		w.seedRow(&contactTable, r)
	}
}
