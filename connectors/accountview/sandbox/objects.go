package sandbox

import (
	"slices"
	"strings"
)

// object is one business object: what a client names to read or write.
type object struct {
	Code, Label string
	Main        *table
	Details     []*table
	// Only is the condition on a row of Main to be part of the object; nil is every row.
	Only           func(row) bool
	Insert, Update bool
	// Write applies the rules of the object to a row before it is stored; nil where nothing can be written.
	Write func(w *writing, r row, insert bool) error
	// WriteLine stores one detail row of a new record; place counts them from 1.
	WriteLine func(w *writing, header row, given *sentRow, place, headerPlace int) error
	// Close holds the new record as a whole against the rules.
	Close     func(w *writing, header row, lines int) error
	WriteOnly bool // cannot be read
	ByYear    bool // a read shows the rows of one book year
	System    bool // dictionary object
}

// Values of CONTACT.ACCT_LINK. Zero is known to be a prospect; the others are the sandbox's own.
const (
	linkDebtor   = "1"
	linkCreditor = "2"
)

func isDebtor(r row) bool   { return r["ACCT_LINK"] == linkDebtor || r.flag("DEB_SHOW") }
func isCreditor(r row) bool { return r["ACCT_LINK"] == linkCreditor || r.flag("CRED_SHOW") }

var objects = []object{
	{Code: "AR1", Label: "Debiteuren", Main: &contactTable, Details: []*table{&usrLinkTable}, Only: isDebtor, Insert: true, Update: true, Write: writeDebtor},
	{Code: "AP1", Label: "Crediteuren", Main: &contactTable, Details: []*table{&usrLinkTable}, Only: isCreditor},
	{Code: "CON", Label: "Relaties", Main: &contactTable},
	{Code: "CM1", Label: "Relaties (CRM)", Main: &contactTable},
	{Code: "ADDR", Label: "Afleveradressen", Main: &delAddrTable, Insert: true, Update: true, Write: writeAddress},
	{Code: "AK1", Label: "Artikelen", Main: &articleTable, Insert: true, Update: true, Write: writeArticle},
	{Code: "AG1", Label: "Artikelgroepen", Main: &artGrpTable, Insert: true, Update: true, Write: writeNothingElse},
	{Code: "SO1", Label: "Verkooporders", Main: &soHdrTable, Details: []*table{&soLineTable}, Insert: true, Write: writeOrder, WriteLine: writeOrderLine, Close: closeOrder},
	{Code: "ALH", Label: "Historie artikelregels", Main: &hstAlTable},
	{Code: "VA1", Label: "Btw-codes", Main: &vatTable},
	{Code: "GL1", Label: "Grootboekrekeningen", Main: &ledgerTable},
	{Code: "CC1", Label: "Kostenplaatsen", Main: &costTable},
	{Code: "DJ1", Label: "Dagboeken", Main: &dailyTable},
	{Code: "DJ2", Label: "Dagboekbladzijden", Main: &djPageTable, Details: []*table{&djLineTable}, Insert: true, Write: writePage, WriteLine: writePageLine, Close: closePage, WriteOnly: true},
	{Code: "DJ2P", Label: "Dagboekbladzijden (lezen)", Main: &djPageTable, Details: []*table{&djLineTable}, Only: canBeRead},
	{Code: "GJ1", Label: "Grootboektransacties", Main: &transactTable},
	{Code: "PT1", Label: "Betalingscondities", Main: &payCondTable},
	{Code: "PER", Label: "Perioden", Main: &admPerTable, ByYear: true},
	{Code: "ZPD", Label: "Prijsafspraken debiteuren", Main: &debtorPriceTable},
	{Code: "ZPL", Label: "Prijslijsten", Main: &listPriceTable},
	{Code: "ZPG", Label: "Kortingen relatiegroepen", Main: &groupPriceTable},
	{Code: "ZPA", Label: "Actieprijzen", Main: &promotionTable},
	{Code: "CMP1", Label: "Ondernemingen", Main: &compHdrTable},
	{Code: "ADL", Label: "Administraties", Main: &admListTable, System: true},
	{Code: "FLD", Label: "Velden", Main: &dctFldTable, Details: []*table{&dctTagTable}, System: true},
	{Code: "DBF", Label: "Tabellen", Main: &dctFileTable, System: true},
}

// objectCoded finds a business object by its code in any case.
func objectCoded(code string) (*object, bool) {
	for i := range objects {
		if sameName(objects[i].Code, code) {
			return &objects[i], true
		}
	}
	return nil, false
}

// object finds a business object that the licence holds, by its code in any case.
func (o *Options) object(code string) (*object, bool) {
	if slices.ContainsFunc(o.MissingObjects, func(missing string) bool { return sameName(missing, code) }) {
		return nil, false
	}
	return objectCoded(code)
}

// mayInsert tells whether the user may make rows of the object.
func (o *object) mayInsert(opts *Options) bool { return o.Insert && !o.isReadOnly(opts) }

func (o *object) isReadOnly(opts *Options) bool {
	return slices.ContainsFunc(opts.ReadOnlyObjects, func(code string) bool { return sameName(code, o.Code) })
}

// displayCode is how a call to the object is named in counts and faults; the dictionary objects are written small, as
// clients do.
func (o *object) displayCode() string {
	if o.System && o.Code != "ADL" {
		return strings.ToLower(o.Code)
	}
	return o.Code
}

// mayUpdate tells whether rows of the object can be changed under the present switches.
func (o *object) mayUpdate(opts *Options) bool {
	return !o.isReadOnly(opts) && (o.Update || o.Code == "SO1" && opts.OrderUpdates == On)
}

func (o *object) includes(r row) bool { return o.Only == nil || o.Only(r) }
