package accountview

import (
	"context"
	"slices"
	"strings"

	"github.com/koppel/koppel/domain"
)

// fitted is a draft that keeps to the schema, with what its envelope needs.
type fitted struct {
	draft  domain.Draft
	target target
}

// fitNew makes a draft ready to be created: names as the books write them, text
// cut where the settings say so, and refused where it still breaks the schema.
func (b *Books) fitNew(ctx context.Context, t target, d domain.Draft) (fitted, error) {
	return b.fit(ctx, t, d, "POST "+t.object, domain.Schema.Check)
}

// fitChange does the same for a draft that changes a record.
func (b *Books) fitChange(ctx context.Context, t target, d domain.Draft) (fitted, error) {
	return b.fit(ctx, t, d, "PUT "+t.object, domain.Schema.CheckUpdate)
}

func (b *Books) fit(ctx context.Context, t target, d domain.Draft, op string,
	check func(domain.Schema, domain.Draft) []domain.Problem,
) (fitted, error) {
	d = upperNames(d)
	header, err := b.dictionary.of(ctx, t.table)
	if err != nil {
		return fitted{}, about(err, d.Key)
	}
	t.letters = header.letters()
	schema := header.tolerant(header.schema(d.Entity, t.key), d)
	never := b.settings.uncuttable()
	var lines columns
	if t.lineTable != "" {
		if lines, err = b.dictionary.of(ctx, t.lineTable); err != nil {
			return fitted{}, about(err, d.Key)
		}
		t.lineLetters = lines.letters()
		lineSchema := lines.tolerant(lines.schema(t.lineEntity, ""), d.Lines...)
		schema.Lines = &lineSchema
	}
	if b.settings.Overflow == OverflowCut {
		d = cut(d, header.prose(never), lines.prose(never))
	}
	return fitted{d, t}, fieldRules(op, d.Key, check(schema, d))
}

// textOf is the trimmed text of a draft's field.
func textOf(d domain.Draft, field string) string {
	v, _ := d.Get(field)
	return strings.TrimSpace(v.Text)
}

// withText sets a text field, in its place or in front of the others.
func withText(d domain.Draft, field, text string) domain.Draft {
	d.Fields = slices.Clone(d.Fields)
	for i := range d.Fields {
		if d.Fields[i].Name == field {
			d.Fields[i].Value = domain.TextValue(text)
			return d
		}
	}
	d.Fields = slices.Insert(d.Fields, 0, domain.Field{Name: field, Value: domain.TextValue(text)})
	return d
}
