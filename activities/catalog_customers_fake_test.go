package activities_test

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// clientele is a shop in memory: debtors in the books, and the till's customers.
type clientele struct {
	connectors.CatalogDirectory // roles that no test asks for

	debtors map[string]connectors.DebtorRecord
	changed map[string]time.Time
	held    map[string][]domain.Field // customers of the till, by number

	reads, looks int
	writes       []string
	last         int

	fails func(op, about string) (err error, effect bool) // effect: the work is done all the same
}

func newClientele() *clientele {
	return &clientele{debtors: map[string]connectors.DebtorRecord{}, changed: map[string]time.Time{}, held: map[string][]domain.Field{}, last: 500}
}

func (c *clientele) DebtorSource(context.Context, string, int) (connectors.DebtorSource, error) {
	return clienteleBooks{c}, nil
}

func (c *clientele) RelationSink(context.Context, string, int) (connectors.RelationSink, error) {
	return clienteleTill{c}, nil
}

func (c *clientele) put(at time.Time, debtors ...domain.Debtor) {
	for _, d := range debtors {
		c.debtors[d.Number], c.changed[d.Number] = connectors.DebtorRecord{Debtor: d}, at
	}
}

// hold lets the till have a customer; fields are pairs of name and text.
func (c *clientele) hold(number string, fields ...string) {
	for i := 0; i < len(fields); i += 2 {
		c.set(number, domain.Field{Name: fields[i], Value: domain.TextValue(fields[i+1])})
	}
}

func (c *clientele) set(number string, fields ...domain.Field) {
	for _, f := range fields {
		c.held[number] = append(slices.DeleteFunc(slices.Clone(c.held[number]), func(h domain.Field) bool { return h.Name == f.Name }), f)
	}
}

func (c *clientele) text(number, field string) string {
	v, _ := domain.Draft{Fields: c.held[number]}.Get(field)
	if v.Kind == domain.KindBool {
		return strconv.FormatBool(v.Bool)
	}
	if v.Kind == domain.KindNumber {
		return v.Number.String()
	}
	return v.Text
}

func (c *clientele) call(op, about string) (error, bool) { //nolint:revive // the error says how the call ends, the bool what it did
	if c.fails == nil {
		return nil, true
	}
	return c.fails(op, about)
}

type clienteleBooks struct{ *clientele }

func (b clienteleBooks) Debtors(_ context.Context, part connectors.Part) (connectors.Page[connectors.DebtorRecord], error) {
	b.reads++
	var page connectors.Page[connectors.DebtorRecord]
	for _, number := range slices.Sorted(maps.Keys(b.debtors)) {
		if number <= part.After || b.changed[number].Before(part.Since) {
			continue
		}
		if len(page.Records) == part.Limit {
			page.Next = page.Records[part.Limit-1].Debtor.Number
			return page, nil
		}
		page.Records = append(page.Records, b.debtors[number])
		if b.changed[number].After(page.Newest) {
			page.Newest = b.changed[number]
		}
	}
	return page, nil
}

func (b clienteleBooks) DebtorsByNumber(_ context.Context, numbers []string) ([]connectors.DebtorRecord, error) {
	var found []connectors.DebtorRecord
	for _, number := range numbers {
		if d, ok := b.debtors[number]; ok {
			found = append(found, d)
		}
	}
	return found, nil
}

type clienteleTill struct{ *clientele }

func (t clienteleTill) RelationSchema(context.Context) (domain.Schema, error) {
	schema := domain.Schema{Entity: domain.EntityRelation}
	for name, kind := range map[string]domain.ValueKind{
		"relationNumber": domain.KindText, "extRelationId": domain.KindText, "active": domain.KindBool, "name": domain.KindText, "companyName": domain.KindText,
		"contact": domain.KindText, "city": domain.KindText, "email": domain.KindText, "vatNumber": domain.KindText, "priceGroupNumber": domain.KindText,
		"discountPercentage": domain.KindNumber, "defaultVatMethod": domain.KindText, "paymentWithinDays": domain.KindNumber,
	} {
		schema.Fields = append(schema.Fields, domain.FieldSpec{Name: name, Kind: kind, Updatable: name != "relationNumber"})
	}
	return schema, nil
}

func (t clienteleTill) record(number string) connectors.HeldRecord {
	return connectors.HeldRecord{Number: number, Fields: slices.Clone(t.clientele.held[number])}
}

func (t clienteleTill) HeldRelations(_ context.Context, numbers []string) ([]connectors.HeldRecord, error) {
	t.looks++
	var found []connectors.HeldRecord
	for _, number := range slices.Sorted(maps.Keys(t.held)) {
		if slices.Contains(numbers, number) {
			found = append(found, t.record(number))
		}
	}
	return found, nil
}

func (t clienteleTill) FindRelations(_ context.Context, wanted []connectors.RelationLookup) ([][]connectors.HeldRecord, error) {
	t.looks++
	found := make([][]connectors.HeldRecord, len(wanted))
	for i, look := range wanted {
		for _, number := range slices.Sorted(maps.Keys(t.held)) {
			has := map[connectors.CustomerKey]string{
				connectors.ByNumber: number, connectors.ByExternalNumber: t.text(number, "extRelationId"),
				connectors.ByVATNumber: t.text(number, "vatNumber"), connectors.ByEmail: t.text(number, "email"),
			}[look.By]
			if look.Value != "" && strings.EqualFold(has, look.Value) {
				found[i] = append(found[i], t.record(number))
			}
		}
	}
	return found, nil
}

func (t clienteleTill) DebtorNumberOf(held connectors.HeldRecord) string {
	v, _ := domain.Draft{Fields: held.Fields}.Get("extRelationId")
	return v.Text
}

func (t clienteleTill) CreateRelation(_ context.Context, draft domain.Draft) (string, error) {
	err, effect := t.call("create", draft.Key)
	if !effect {
		return "", err
	}
	v, named := draft.Get("relationNumber")
	number := v.Text
	if !named {
		t.last++
		number = strconv.Itoa(t.last)
	}
	if _, taken := t.held[number]; taken {
		return "", fault.New(fault.Conflict, connectors.CodeNumberTaken, "create customer").About(draft.Key)
	}
	t.set(number, draft.Fields...)
	t.writes = append(t.writes, "create "+draft.Key)
	return number, err
}

func (t clienteleTill) UpdateRelation(_ context.Context, number string, draft domain.Draft) error {
	err, effect := t.call("update", draft.Key)
	if effect {
		t.set(number, draft.Fields...)
		t.writes = append(t.writes, "update "+number)
	}
	return err
}

func (t clienteleTill) DeactivateRelation(ctx context.Context, number string) (domain.Draft, error) {
	draft := domain.Draft{Entity: domain.EntityRelation, Key: number, Fields: []domain.Field{{Name: "active", Value: domain.BoolValue(false)}}}
	return draft, t.UpdateRelation(ctx, number, draft)
}
