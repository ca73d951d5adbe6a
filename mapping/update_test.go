package mapping_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/mapping"
)

func textField(name, value string) domain.Field {
	return domain.Field{Name: name, Value: domain.TextValue(value)}
}

// changes leaves out what was kept.
func changes(d domain.Draft, _ []mapping.Kept) domain.Draft { return d }

// updateMapper maps a customer by one row of each policy.
func updateMapper(t *testing.T) *mapping.Mapper {
	t.Helper()
	rules := demoRules(t)
	rules.Mapping.Customer = []domain.MappingRow{
		{Target: "NAME", Source: "customer.name", Policy: domain.PolicyAlways},
		{Target: "ACCOUNT", Source: "settings.control_account", Policy: domain.PolicyOnCreate},
		{Target: "VAT", Source: "customer.vat_number", Policy: domain.PolicyIfEmpty},
		{Target: "FIXED", Source: "customer.id", Policy: domain.PolicyAlways},
		{Target: "PHONE", Source: "customer.phone", Policy: domain.PolicyAlways},
	}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	return m
}

var updateSchema = schema(domain.EntityCustomer, spec("NAME", 0), spec("ACCOUNT", 0), spec("VAT", 0),
	domain.FieldSpec{Name: "FIXED", Kind: domain.KindText}, spec("PHONE", 0))

func TestUpdate_FollowsTheFieldPolicies(t *testing.T) {
	t.Parallel()
	m := updateMapper(t)
	customer := domain.Customer{ID: "1", Name: "New name", VATNumber: "NL1"}
	for name, c := range map[string]struct {
		existing []domain.Field
		want     string
	}{
		"all differ":                 {[]domain.Field{textField("NAME", "Old"), textField("ACCOUNT", "9"), textField("VAT", "NL9"), textField("FIXED", "9"), textField("PHONE", "015")}, "NAME=New name\n"},
		"empty is filled":            {[]domain.Field{textField("NAME", "New name"), textField("VAT", "  ")}, "VAT=NL1\n"},
		"what is not held is filled": {nil, "NAME=New name\nVAT=NL1\n"},
		"nothing differs":            {[]domain.Field{textField("name", "New name  "), textField("VAT", "NL1")}, ""},
		"capitals of the column":     {[]domain.Field{textField("NAME", "NEW NAME"), textField("VAT", "NL1")}, ""},
		"another spelling":           {[]domain.Field{textField("NAME", "new name"), textField("VAT", "NL1")}, "NAME=New name\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			draft, err := m.Customer(buying(customer), updateSchema)
			require.NoError(t, err)
			changes, _ := m.Update(c.existing, draft, updateSchema, nil)
			require.Equal(t, c.want, shown(changes))
			require.Equal(t, domain.EntityCustomer, changes.Entity)
			require.Empty(t, updateSchema.CheckUpdate(changes))
		})
	}
}

// TestUpdate_TwiceGivesNothingToDo: what was written is what the record then holds.
func TestUpdate_TwiceGivesNothingToDo(t *testing.T) {
	t.Parallel()
	m := demoMapper(t)
	draft, err := m.Customer(buying(company), customerSchema)
	require.NoError(t, err)
	held := []domain.Field{textField("ACCT_NAME", "Old name"), textField("DEB_NR", "")}
	first := changes(m.Update(held, draft, customerSchema, nil))
	require.NotEmpty(t, first.Fields)
	for _, f := range first.Fields {
		held = append([]domain.Field{}, held...)
		for i := range held {
			if held[i].Name == f.Name {
				held[i] = f
				f.Name = ""
				break
			}
		}
		if f.Name != "" {
			held = append(held, f)
		}
	}
	require.Empty(t, changes(m.Update(held, draft, customerSchema, nil)).Fields)
	require.Empty(t, changes(m.Update(draft.Fields, draft, customerSchema, nil)).Fields)
}

func TestUpdate_NumbersCompareByAmount(t *testing.T) {
	t.Parallel()
	numbers := schema(domain.EntityCustomer, domain.FieldSpec{Name: "N", Kind: domain.KindNumber, Updatable: true})
	draft := domain.Draft{Entity: domain.EntityCustomer, Fields: []domain.Field{{Name: "N", Value: domain.NumberValue(dec("1.50"))}}}
	m := demoMapper(t)
	require.Empty(t, changes(m.Update([]domain.Field{{Name: "N", Value: domain.NumberValue(dec("1.5"))}}, draft, numbers, nil)).Fields)
	require.Len(t, changes(m.Update([]domain.Field{{Name: "N", Value: domain.NumberValue(dec("1.51"))}}, draft, numbers, nil)).Fields, 1)
}

// threeWay maps a customer's name and city by if_unchanged.
func threeWay(t *testing.T) (*mapping.Mapper, domain.Draft) {
	t.Helper()
	rules := demoRules(t)
	rules.Mapping.Customer = []domain.MappingRow{
		{Target: "NAME", Source: "customer.name", Policy: domain.PolicyIfUnchanged},
		{Target: "ACCOUNT", Source: "lookup('vat_code', 'gone')", Policy: domain.PolicyNever},
	}
	m, err := mapping.Compile(rules)
	require.NoError(t, err)
	draft, err := m.Customer(buying(domain.Customer{ID: "1", Name: "Newer name"}), updateSchema)
	require.NoError(t, err, "a row that is never written parks nothing")
	require.Equal(t, "NAME=Newer name\n", shown(draft), "and leaves its field out of new records too")
	return m, draft
}

func TestUpdate_IfUnchanged(t *testing.T) {
	t.Parallel()
	m, draft := threeWay(t)
	wrote := func(value string) mapping.Written {
		return mapping.WrittenFrom(domain.Draft{Fields: []domain.Field{textField("name", value)}})
	}
	for name, c := range map[string]struct {
		held   []domain.Field
		last   mapping.Written
		writes bool
		reason mapping.KeptReason
	}{
		"still ours":                      {[]domain.Field{textField("NAME", "Our name ")}, wrote("Our name"), true, ""},
		"ours in capitals of the column":  {[]domain.Field{textField("NAME", "OUR NAME")}, wrote("Our name"), true, ""},
		"changed there":                   {[]domain.Field{textField("NAME", "Their name")}, wrote("Our name"), false, mapping.KeptChangedThere},
		"changed there by capitals alone": {[]domain.Field{textField("NAME", "our name")}, wrote("Our name"), false, mapping.KeptChangedThere},
		"emptied there":                   {[]domain.Field{textField("NAME", "")}, wrote("Our name"), false, mapping.KeptChangedThere},
		"no longer read back":             {nil, wrote("Our name"), false, mapping.KeptChangedThere},
		"never written, and holds":        {[]domain.Field{textField("NAME", "Whose name")}, nil, false, mapping.KeptNotOurs},
		"never written, and empty":        {[]domain.Field{textField("NAME", " ")}, nil, true, ""},
		"another field was written":       {[]domain.Field{textField("NAME", "Whose name")}, mapping.Written{"CITY": "x"}, false, mapping.KeptNotOurs},
		"nothing differs":                 {[]domain.Field{textField("NAME", "Newer name")}, wrote("Our name"), false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changes, kept := m.Update(c.held, draft, updateSchema, c.last)
			require.Equal(t, c.writes, len(changes.Fields) == 1)
			want := []mapping.Kept{{Field: "ACCOUNT", Reason: mapping.KeptNever}}
			if c.reason != "" {
				want = append([]mapping.Kept{{Field: "NAME", Reason: c.reason}}, want...)
			}
			require.Equal(t, want, kept)
		})
	}
}

func TestUpdate_TellsWhatItLeavesAlone(t *testing.T) {
	t.Parallel()
	m := updateMapper(t)
	draft, err := m.Customer(buying(domain.Customer{ID: "1", Name: "N", VATNumber: "NL1"}), updateSchema)
	require.NoError(t, err)
	draft.Fields = append(draft.Fields, textField("ODD", "x"))
	_, kept := m.Update([]domain.Field{textField("NAME", "N"), textField("ACCOUNT", "9"), textField("VAT", "NL9"), textField("FIXED", "9")}, draft, updateSchema, nil)
	require.Equal(t, []mapping.Kept{
		{Field: "ACCOUNT", Reason: mapping.KeptOnCreate},
		{Field: "VAT", Reason: mapping.KeptNotEmpty},
		{Field: "FIXED", Reason: mapping.KeptFixed},
		{Field: "ODD", Reason: mapping.KeptUnknown},
	}, kept)
}

// TestWritten_RemembersThroughUpdates plays three writes with a change by the
// other side between them.
func TestWritten_RemembersThroughUpdates(t *testing.T) {
	t.Parallel()
	m, draft := threeWay(t)
	ours := []domain.Field{textField("NAME", "Newer name")}
	last := mapping.WrittenFrom(draft)

	next := draft
	next.Fields = []domain.Field{textField("NAME", "Third name")}
	theirs := []domain.Field{textField("NAME", "Their name")}
	changes, kept := m.Update(theirs, next, updateSchema, last)
	require.Empty(t, changes.Fields)
	last = last.After(next, kept)

	changes, kept = m.Update(ours, next, updateSchema, last)
	require.Equal(t, "NAME=Third name\n", shown(changes), "the other side put our value back: writing goes on")
	last = last.After(next, kept)
	changes, _ = m.Update(next.Fields, draft, updateSchema, last)
	require.Len(t, changes.Fields, 1)
}

func TestWritten_KeepsNoValue(t *testing.T) {
	t.Parallel()
	w := mapping.WrittenFrom(domain.Draft{Fields: []domain.Field{textField("Name", "Jansen")}})
	require.Len(t, w, 1)
	require.NotContains(t, w["NAME"], "ansen")
	one, two := domain.NumberValue(dec("1.50")), domain.NumberValue(dec("1.5"))
	require.Equal(t, mapping.WrittenFrom(domain.Draft{Fields: []domain.Field{{Name: "N", Value: one}}}), mapping.WrittenFrom(domain.Draft{Fields: []domain.Field{{Name: "N", Value: two}}}))
}

// The till keeps groups and barcodes in an order of its own, so that order means nothing.
func TestUpdate_SeveralValuesCompareInAnyOrder(t *testing.T) {
	t.Parallel()
	m := updateMapper(t)
	several := schema(domain.EntityCustomer, domain.FieldSpec{Name: "PHONE", Kind: domain.KindText, Updatable: true, Several: true}, spec("NAME", 0))
	draft := domain.Draft{Entity: domain.EntityCustomer, Fields: []domain.Field{textField("PHONE", "3, 2"), textField("NAME", "3 2")}}
	held := func(value string) []domain.Field {
		return []domain.Field{textField("PHONE", value), textField("NAME", value)}
	}
	require.Equal(t, draft.Fields[1:], changes(m.Update(held("2 3"), draft, several, nil)).Fields, "only where the schema says so")
	require.Equal(t, draft.Fields, changes(m.Update(held("2 3 4"), draft, several, nil)).Fields)
}

func TestUpdate_SeveralValuesThatWeWroteAreOursInAnyOrder(t *testing.T) {
	t.Parallel()
	m, till := catalogueMapper(t), mplus.ProductSchema(tillOwn)
	p := pan()
	p.Barcodes = append(p.Barcodes, domain.Barcode{Code: "96385074"}, domain.Barcode{Code: "4006381333931"})
	before, err := m.Product(p, tillDay, till)
	require.NoError(t, err)
	p.Barcodes = append(p.Barcodes, domain.Barcode{Code: "036000291452"})
	after, err := m.Product(p, tillDay, till)
	require.NoError(t, err)
	held := slices.Clone(before.Lines[0].Fields)
	for i := range held {
		if held[i].Name == "barcodes" {
			require.Equal(t, "4006381333931 96385074", held[i].Value.Text)
			held[i].Value = domain.TextValue("96385074 4006381333931")
		}
	}
	changed, kept := m.Update(held, after.Lines[0], *till.Lines, mapping.WrittenFrom(before.Lines[0]))
	require.Empty(t, kept)
	require.Equal(t, []domain.Field{textField("barcodes", "036000291452 4006381333931 96385074")}, changed.Fields)
}
