package sandbox

import "strings"

type findRelationAnswer struct {
	Result   string       `xml:"result"`
	Relation *relationXML `xml:"relation"`
}

// findRelation matches part of a text, which can hit the wrong customer: that is what the till does.
func findRelation(c *call, in relationInput) (findRelationAnswer, error) {
	return c.findRelation(value(in.Relation), strings.Contains), nil
}

type findRelationV2Input struct {
	Request struct {
		Relation   relationXML `xml:"relation"`
		ExactMatch *bool       `xml:"exactMatch"`
	} `xml:"request"`
}

func findRelationV2(c *call, in findRelationV2Input) (findRelationAnswer, error) {
	if value(in.Request.ExactMatch) {
		return c.findRelation(in.Request.Relation, func(have, want string) bool { return have == want }), nil
	}
	return c.findRelation(in.Request.Relation, strings.Contains), nil
}

// findRelation answers the first relation, by number, on which everything asked for fits. A search for nothing the till
// can search by finds nobody.
func (c *call) findRelation(want relationXML, fits func(have, want string) bool) findRelationAnswer {
	wanted := c.searchable(&want)
	for i := range wanted {
		wanted[i] = strings.ToLower(wanted[i])
	}
	if strings.Join(wanted, "") == "" && value(want.RelationNumber) == 0 && value(want.CategoryID) == 0 {
		return findRelationAnswer{Result: "FIND-RELATION-RESULT-NOT-FOUND"}
	}
	for _, r := range c.relationsByNumber() {
		if c.fitsAll(r, want, wanted, fits) {
			return findRelationAnswer{"FIND-RELATION-RESULT-OK", r}
		}
	}
	return findRelationAnswer{Result: "FIND-RELATION-RESULT-NOT-FOUND"}
}

func (c *call) fitsAll(r *relationXML, want relationXML, wanted []string, fits func(have, want string) bool) bool {
	if value(want.RelationNumber) != 0 && *r.RelationNumber != *want.RelationNumber ||
		value(want.CategoryID) != 0 && value(r.CategoryID) != *want.CategoryID ||
		want.BirthDate != nil && !want.BirthDate.none() && value(r.BirthDate) != *want.BirthDate {
		return false
	}
	for i, have := range c.searchable(r) {
		if wanted[i] != "" && !fits(strings.ToLower(have), wanted[i]) {
			return false
		}
	}
	return true
}

// searchable lists the texts that the till searches by, always in the same places. The VAT number is not among them in
// any source, so it is a switch.
func (c *call) searchable(r *relationXML) []string {
	texts := []*string{
		r.ExtRelationID, r.Name, r.CompanyName, r.Address, r.Zipcode, r.City, r.Country, r.DeliveryAddress, r.DeliveryZipcode,
		r.DeliveryCity, r.DeliveryCountry, r.Contact, r.Telephone, r.Mobile, r.Email, r.Website, r.RelationCode, r.CardNumber,
		r.BankAccountNumber,
	}
	if c.opts.FindByVATNumber {
		texts = append(texts, r.VATNumber)
	}
	values := make([]string, len(texts))
	for i, text := range texts {
		values[i] = value(text)
	}
	return values
}
