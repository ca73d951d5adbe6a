package recording

import (
	"context"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// customerSink looks in the real books and writes nothing.
type customerSink struct {
	connectors.CustomerSink
	run *Directory
}

// FindCustomers finds customers as the books would hold them by now: those that
// stand there, with what this run would have changed, and those it would have made.
func (s customerSink) FindCustomers(ctx context.Context, by connectors.CustomerKey, value string) ([]connectors.CustomerRecord, error) {
	var found []connectors.CustomerRecord
	if by != connectors.ByNumber || !IsMadeUp(value) {
		held, err := s.CustomerSink.FindCustomers(ctx, by, value)
		if err != nil {
			return nil, err
		}
		found = held
	}
	for i := range found {
		found[i].Fields = s.run.changed(found[i].Number, found[i].Fields)
	}
	for _, made := range s.run.state.Customers {
		if held := s.keyOf(made, by); held != "" && strings.EqualFold(held, strings.TrimSpace(value)) {
			made.Fields = s.run.changed(made.Number, made.Fields)
			found = append(found, made)
		}
	}
	return found, nil
}

// keyOf is what a customer that would be made is found by.
func (s customerSink) keyOf(made connectors.CustomerRecord, by connectors.CustomerKey) string {
	if by == connectors.ByNumber {
		return made.Number
	}
	r, able := s.CustomerSink.(connectors.Rehearser)
	if !able {
		return ""
	}
	field, err := r.CustomerField(by)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(textOf(s.run.changed(made.Number, made.Fields), field))
}

// CreateCustomer records the customer.
func (s customerSink) CreateCustomer(ctx context.Context, draft domain.Draft) (connectors.CustomerRecord, error) {
	draft, err := rehearseCreate(ctx, s.CustomerSink, draft)
	if err != nil {
		return connectors.CustomerRecord{}, err
	}
	made := connectors.CustomerRecord{Number: s.run.makeUp(), Fields: draft.Fields}
	made.ExternalNumber = s.keyOf(made, connectors.ByExternalNumber)
	s.run.state.Customers = append(s.run.state.Customers, made)
	s.run.record(Write{Entity: domain.EntityCustomer, Action: Create, Number: made.Number, Draft: draft})
	return made, nil
}

// UpdateCustomer records what would change, beside what the books hold now.
func (s customerSink) UpdateCustomer(ctx context.Context, number string, draft domain.Draft) error {
	if len(draft.Fields) == 0 {
		return nil
	}
	draft, err := rehearseUpdate(ctx, s.CustomerSink, draft)
	if err != nil {
		return err
	}
	held, err := s.FindCustomers(ctx, connectors.ByNumber, number)
	if err != nil {
		return err
	}
	w := Write{Entity: domain.EntityCustomer, Action: Update, Number: number, Draft: draft}
	if len(held) > 0 {
		w.Changes = reconcile.DraftChanges(only(held[0].Fields, draft), draft)
	}
	s.run.record(w)
	if s.run.state.Changed == nil {
		s.run.state.Changed = map[string][]domain.Field{}
	}
	s.run.state.Changed[number] = set(s.run.state.Changed[number], draft.Fields)
	return nil
}

// changed gives the fields of a customer with what this run would have changed.
func (d *Directory) changed(number string, fields []domain.Field) []domain.Field {
	if later := d.state.Changed[number]; len(later) > 0 {
		return set(slices.Clone(fields), later)
	}
	return fields
}

// set puts values in the place of those that fields held.
func set(fields, values []domain.Field) []domain.Field {
	for _, v := range values {
		at := slices.IndexFunc(fields, func(f domain.Field) bool { return strings.EqualFold(f.Name, v.Name) })
		if at < 0 {
			fields = append(fields, v)
			continue
		}
		fields[at].Value = v.Value
	}
	return fields
}

// only keeps of a record the fields that a draft is about.
func only(fields []domain.Field, about domain.Draft) domain.Draft {
	kept := domain.Draft{Entity: about.Entity}
	for _, f := range fields {
		if slices.ContainsFunc(about.Fields, func(a domain.Field) bool { return strings.EqualFold(a.Name, f.Name) }) {
			kept.Fields = append(kept.Fields, f)
		}
	}
	return kept
}

func textOf(fields []domain.Field, name string) string {
	for _, f := range fields {
		if strings.EqualFold(f.Name, name) {
			return f.Value.Text
		}
	}
	return ""
}
