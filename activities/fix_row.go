package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// RowFix is a row that a person wants in a lookup table.
type RowFix struct {
	Table string           `json:"table"`
	Row   domain.LookupRow `json:"row"`
	Note  string           `json:"note"` // why, as the version of the document will say
}

// Rows changes lookup tables of the documents in force. A change of a document is
// more than a row in the database: it is held to everything that must be true of
// it, and the schedules and waiting orders follow.
type Rows interface {
	// WithRow is the document in force with the row in it, and the version that it
	// was made from. What is wrong with it is an error of type settings.Problems.
	WithRow(ctx context.Context, integration string, fix RowFix) (text []byte, inForce int, err error)
	// AddRow puts it in force over that version, and gives the version it became. A
	// row that is there already makes none. *db.Conflict: somebody else was first.
	AddRow(ctx context.Context, integration string, fix RowFix, over int, author string) (version int, err error)
}

// fixRow puts a lookup row in force, if the document with it is a good one and the
// order gets past what it was parked for.
func (o *Orders) fixRow(ctx context.Context, a Attempt, fix db.Fix, kept arrival) (version int, _ error) {
	var row RowFix
	if err := json.Unmarshal(fix.Content, &row); err != nil {
		return 0, fault.New(fault.Invalid, "fix_not_understood", "read fix").About(a.Number).Because(err)
	}
	text, inForce, err := o.Rows.WithRow(ctx, a.Integration, row)
	if err != nil {
		return 0, refusedRow(row, err)
	}
	doc, err := compile(a.Integration, text, draftVersion)
	if err != nil {
		return 0, refusedRow(row, err)
	}
	parked, err := db.Q.ParkedGetOpen(ctx, o.DB, store.ParkedGetOpenParams{
		Integration: a.Integration, Entity: string(domain.EntityOrder), SourceID: a.OrderID,
	})
	if err != nil && !db.IsNotFound(err) {
		return 0, fmt.Errorf("read what is parked: %w", err)
	}
	beat(ctx, "checked the row")
	gotPast := func(now ShownReason) bool {
		return (now.Code != parked.Code || now.About != parked.About) && !slices.Contains(tellsOfTheRow, now.Code)
	}
	if err := o.passes(ctx, a.Integration, doc, inForce, kept, gotPast); err != nil {
		return 0, err
	}
	if version, err = o.Rows.AddRow(ctx, a.Integration, row, inForce, fix.Author); err != nil {
		return 0, refusedRow(row, err)
	}
	a.Marker, a.Document = fix.Marker, version
	return version, o.accept(ctx, a, fix, version, "row_added", func(store.DBTX) error { return nil })
}

// tellsOfTheRow are reasons that an order stops for when the row itself is wrong: it
// got past what it was parked for, but only to be booked otherwise than the till has it.
var tellsOfTheRow = []string{"vat_differs", "total_differs", "domestic_vat_foreign_debtor", "mapping_failed", "field_rules"}

// refusedRow words why a row is not in force. What is wrong with it may name what
// the row holds, so it is detail.
func refusedRow(row RowFix, err error) error {
	if problems, ok := errors.AsType[settings.Problems](err); ok {
		return fault.New(fault.Invalid, "fix_refused_by_document", "add row").About(row.Table).WithDetail(problems.Error()).Because(err)
	}
	if _, moved := errors.AsType[*db.Conflict](err); moved {
		return fault.New(fault.Unavailable, "fix_moved", "add row").About(row.Table).Because(err)
	}
	if f, ok := fault.As(err); ok && f.Kind.StopsEverything() { // the document with the row, not the one in force
		return fault.New(fault.Invalid, "fix_refused_by_document", "add row").About(row.Table).WithDetail(f.Detail()).Because(err)
	}
	return err
}
