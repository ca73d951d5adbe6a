package recording

import (
	"context"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// orderSink looks in the real books and writes nothing.
type orderSink struct {
	connectors.OrderSink
	run *Directory
	as  domain.Target
}

// FindOrders finds what the books hold and what this run would have put there.
func (s orderSink) FindOrders(ctx context.Context, reference string, history connectors.History) ([]connectors.OrderRecord, error) {
	found, err := s.OrderSink.FindOrders(ctx, reference, history)
	if err != nil {
		return nil, err
	}
	for _, made := range s.run.state.Orders {
		if made.As == s.as && slices.ContainsFunc(made.Texts, func(text string) bool { return strings.EqualFold(text, strings.TrimSpace(reference)) }) {
			found = append(found, connectors.OrderRecord{ID: made.ID, Reference: reference})
		}
	}
	return found, nil
}

// CreateOrder records the order.
func (s orderSink) CreateOrder(ctx context.Context, draft domain.Draft) (connectors.OrderRecord, error) {
	draft, err := rehearseCreate(ctx, s.OrderSink, draft)
	if err != nil {
		return connectors.OrderRecord{}, err
	}
	made := madeOrder{ID: s.run.makeUp(), As: s.as}
	for _, f := range draft.Fields { // which of them is the reference, only the books know
		if text := strings.TrimSpace(f.Value.Text); text != "" {
			made.Texts = append(made.Texts, text)
		}
	}
	s.run.state.Orders = append(s.run.state.Orders, made)
	s.run.record(Write{Entity: draft.Entity, Action: Create, Number: made.ID, Draft: draft})
	return connectors.OrderRecord{ID: made.ID}, nil
}

// changingSink is a sink of books that let a written order be changed.
type changingSink struct {
	orderSink
	books connectors.OrderChanger
}

// changing gives the sink that role where the real books have it.
func changing(s orderSink) connectors.OrderSink {
	if books, able := s.OrderSink.(connectors.OrderChanger); able {
		return changingSink{s, books}
	}
	return s
}

// ChangesAllowed is what the real books allow.
func (s changingSink) ChangesAllowed(ctx context.Context) (connectors.AllowedChanges, error) {
	return s.books.ChangesAllowed(ctx)
}

// UpdateOrder records which fields would be sent.
func (s changingSink) UpdateOrder(ctx context.Context, id string, draft domain.Draft) error {
	draft, err := rehearseUpdate(ctx, s.OrderSink, draft)
	if err != nil {
		return err
	}
	s.run.record(Write{Entity: domain.EntityOrder, Action: Update, Number: id, Draft: draft})
	return nil
}

// ReplaceLines records the lines that would be sent.
func (s changingSink) ReplaceLines(_ context.Context, id string, draft domain.Draft) error {
	s.run.record(Write{Entity: domain.EntityOrder, Action: Update, Number: id, Draft: domain.Draft{Entity: draft.Entity, Key: draft.Key, Lines: draft.Lines}})
	return nil
}
