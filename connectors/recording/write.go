package recording

import (
	"context"
	"fmt"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

// Action is what a write would do.
type Action string

const (
	// Create makes a record.
	Create Action = "create"
	// Update changes a record.
	Update Action = "update"
)

// Write is a write that was not made.
type Write struct {
	Entity  domain.Entity
	Action  Action
	Number  string                  // of the record in the books; made up for one that would be made
	Draft   domain.Draft            // as it would be sent
	Changes []reconcile.FieldChange // of an update: what the record holds, and what it would
}

// State is what a run made up so far. It holds personal data: it is kept
// encrypted only.
type State struct {
	Made      int // numbers made up
	Customers []connectors.CustomerRecord
	Changed   map[string][]domain.Field // fields that an update would have set, by the customer's number
	Orders    []madeOrder
	Writes    []Write `json:"-"` // of this part of the run
}

// madeOrder is an order that would be made, with the texts it may be found by.
type madeOrder struct {
	ID    string
	As    domain.Target
	Texts []string
}

// prefix begins every made-up number: no system gives such a number by itself,
// and it is short enough for the fields that refer to records.
const prefix = "NEW-"

// IsMadeUp reports whether a number was made up by a dry run.
func IsMadeUp(number string) bool { return strings.HasPrefix(number, prefix) }

// Take gives the writes recorded since it was last called.
func (d *Directory) Take() []Write {
	writes := d.state.Writes[d.taken:]
	d.taken = len(d.state.Writes)
	return writes
}

func (d *Directory) makeUp() string {
	d.state.Made++
	return fmt.Sprintf("%s%d", prefix, d.state.Made)
}

func (d *Directory) record(w Write) { d.state.Writes = append(d.state.Writes, w) }

// rehearseCreate asks a sink that can tell how it would send a draft.
func rehearseCreate(ctx context.Context, sink any, draft domain.Draft) (domain.Draft, error) {
	if r, able := sink.(connectors.Rehearser); able {
		return r.RehearseCreate(ctx, draft)
	}
	return draft, nil
}

func rehearseUpdate(ctx context.Context, sink any, draft domain.Draft) (domain.Draft, error) {
	if r, able := sink.(connectors.Rehearser); able {
		return r.RehearseUpdate(ctx, draft)
	}
	return draft, nil
}
