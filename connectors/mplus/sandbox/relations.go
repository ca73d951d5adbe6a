package sandbox

import (
	"cmp"
	"slices"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// maxRelations is the most that one read answers (reference: the vendor's documentation).
const maxRelations = 1000

type relationsInput struct {
	Request *getRelationsXML `xml:"request"`
}

type relationsAnswer struct {
	RelationList relationListXML `xml:"relationList"`
}

func getRelations(c *call, in relationsInput) (relationsAnswer, error) {
	ask := value(in.Request)
	var rows []*relationXML
	for number, r := range c.relations {
		if listed(ask.RelationNumbers, number) && (ask.CategoryID == nil || value(r.CategoryID) == *ask.CategoryID) {
			rows = append(rows, r)
		}
	}
	limit := int(value(ask.SyncMarkerLimit))
	if limit <= 0 || limit > maxRelations {
		limit = maxRelations
	}
	rows = page[*relationXML]{
		from: ask.SyncMarker, limit: limit, marker: func(r *relationXML) int64 { return *r.SyncMarker },
	}.cut(c, rows)
	rows = rows[:min(len(rows), maxRelations)]
	var out relationsAnswer
	for _, r := range rows {
		out.RelationList.Relation = append(out.RelationList.Relation, *r)
	}
	if c.page == sandboxkit.RowChanged && len(rows) > 0 {
		b := c.begin()
		touched := *rows[0]
		c.saveRelation(b, &touched)
		return out, b.commit()
	}
	return out, nil
}

type relationNumberInput struct {
	RelationNumber int64 `xml:"relationNumber"`
}

type relationAnswer struct {
	Result   string      `xml:"result"`
	Relation relationXML `xml:"relation"`
}

// getRelation answers an empty relation when there is none, because the element is mandatory.
func getRelation(c *call, in relationNumberInput) (relationAnswer, error) {
	r := c.relations[in.RelationNumber]
	if r == nil {
		return relationAnswer{Result: "GET-RELATION-RESULT-NOT-FOUND"}, nil
	}
	return relationAnswer{"GET-RELATION-RESULT-OK", *r}, nil
}

type relationInput struct {
	Relation *relationXML `xml:"relation"`
}

type createRelationAnswer struct {
	Result          string       `xml:"result"`
	RelationNumber  int64        `xml:"relationNumber"`
	ChangeTimestamp *dateTimeXML `xml:"changeTimestamp"`
	SyncMarker      *int64       `xml:"syncMarker"`
	ErrorMessage    string       `xml:"errorMessage"`
}

func createRelation(c *call, in relationInput) (createRelationAnswer, error) {
	b := c.begin()
	r, problem := c.newRelation(b, value(in.Relation))
	if problem != "" {
		return createRelationAnswer{
			Result: "CREATE-RELATION-RESULT-" + problem, RelationNumber: value(value(in.Relation).RelationNumber),
			ErrorMessage: "The relation was not created.",
		}, nil
	}
	return createRelationAnswer{
		Result: "CREATE-RELATION-RESULT-OK", RelationNumber: *r.RelationNumber, ChangeTimestamp: r.ChangeTimestamp, SyncMarker: r.SyncMarker,
	}, b.commit()
}

// newRelation stages a relation under the number the caller chose or the next free one. The problem is the rest of the
// result's name.
func (t *till) newRelation(b *batch, sent relationXML) (*relationXML, string) {
	number := value(sent.RelationNumber)
	switch {
	case number < 0:
		return nil, "FAILED"
	case number == 0:
		number = b.number(lastRelation)
	case t.relations[number] != nil:
		return nil, "FAILED-RELATION-NUMBER-ALREADY-TAKEN"
	default:
		b.claim(lastRelation, number)
	}
	if cmp.Or(value(sent.Name), value(sent.CompanyName)) == "" {
		return nil, "FAILED"
	}
	sent.RelationNumber = &number
	if value(sent.Name) == "" {
		sent.Name = sent.CompanyName
	}
	if sent.Active == nil {
		sent.Active = new(true)
	}
	sent.CreateTimestamp = new(momentOf(t.now()))
	rows, err := t.discountRows(b, nil, sent.RelationArticleDiscountList)
	if err != nil {
		return nil, "FAILED"
	}
	sent.RelationArticleDiscountList = rows
	t.saveRelation(b, &sent)
	return &sent, ""
}

// saveRelation stages a relation with the next marker.
func (t *till) saveRelation(b *batch, r *relationXML) {
	r.ChangeTimestamp = new(momentOf(t.now()))
	r.SyncMarker = new(b.marker(markRelation))
	b.relation(r)
}

type updateRelationAnswer struct {
	Result          string       `xml:"result"`
	ErrorMessage    string       `xml:"errorMessage"`
	ChangeTimestamp *dateTimeXML `xml:"changeTimestamp"`
	SyncMarker      *int64       `xml:"syncMarker"`
}

func updateRelation(c *call, in relationInput) (updateRelationAnswer, error) {
	sent := value(in.Relation)
	old := c.relations[value(sent.RelationNumber)]
	if old == nil {
		return updateRelationAnswer{Result: "UPDATE-RELATION-RESULT-NOT-FOUND", ErrorMessage: "The relation is not known."}, nil
	}
	r := *old
	merge(&r, &sent, c.opts.EmptyTextKeeps)
	if cmp.Or(value(r.Name), value(r.CompanyName)) == "" {
		return updateRelationAnswer{Result: "UPDATE-RELATION-RESULT-FAILED", ErrorMessage: "A relation needs a name."}, nil
	}
	r.CreateTimestamp, r.Points, r.Balance = old.CreateTimestamp, old.Points, old.Balance
	b := c.begin()
	var err error
	if r.RelationArticleDiscountList, err = c.discountRows(b, old.RelationArticleDiscountList, sent.RelationArticleDiscountList); err != nil {
		return updateRelationAnswer{Result: "UPDATE-RELATION-RESULT-FAILED", ErrorMessage: err.Error()}, nil
	}
	c.saveRelation(b, &r)
	return updateRelationAnswer{
		Result: "UPDATE-RELATION-RESULT-OK", ChangeTimestamp: r.ChangeTimestamp, SyncMarker: r.SyncMarker,
	}, b.commit()
}

// displayName is what the till shows for a relation: a company under the company's name.
func (r *relationXML) displayName() *string {
	if value(r.CompanyName) != "" {
		return r.CompanyName
	}
	return r.Name
}

func (r *relationXML) invoiceAddress() *addressXML {
	return &addressXML{
		Name: r.displayName(), Contact: r.Contact, Address: r.Address, Zipcode: r.Zipcode, City: r.City, Country: r.Country,
		CompanyName: r.CompanyName,
	}
}

func (r *relationXML) deliveryAddress() *addressXML {
	a := r.invoiceAddress()
	if value(r.DeliveryAddress) != "" {
		a.Address, a.Zipcode, a.City, a.Country = r.DeliveryAddress, r.DeliveryZipcode, r.DeliveryCity, r.DeliveryCountry
	}
	return a
}

// relationsByNumber lists all relations, lowest number first.
func (t *till) relationsByNumber() []*relationXML {
	rows := make([]*relationXML, 0, len(t.relations))
	for _, r := range t.relations {
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b *relationXML) int { return cmp.Compare(*a.RelationNumber, *b.RelationNumber) })
	return rows
}
