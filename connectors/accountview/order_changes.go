package accountview

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Sales orders may be changed where the installation allows it; pages of
// daybooks may not.
var _ connectors.OrderChanger = (*Books)(nil)

// allowance remembers what may be changed, as long as a dictionary.
type allowance struct {
	reading lock
	until   time.Time
	changes connectors.AllowedChanges
}

// ChangesAllowed asks what the licence, the user's rights and the table itself
// say of changing sales orders. Lines need the row actions, too.
func (b *Books) ChangesAllowed(ctx context.Context) (connectors.AllowedChanges, error) {
	release, err := b.allowed.reading.take(ctx)
	if err != nil {
		return connectors.AllowedChanges{}, fault.New(fault.Unavailable, "cancelled", system+" GET business objects").Because(err)
	}
	defer release()
	if b.now().Before(b.allowed.until) {
		return b.allowed.changes, nil
	}
	header, err := b.mayUpdate(ctx, b.settings.OrdersObject, b.settings.OrdersTable)
	if err != nil {
		return connectors.AllowedChanges{}, err
	}
	b.allowed.changes = connectors.AllowedChanges{Header: header, Lines: header && b.settings.RowActions.replaces()}
	b.allowed.until = b.now().Add(dictionaryLife)
	return b.allowed.changes, nil
}

// mayUpdate asks the list of objects and the list of tables. An object that is
// not listed may not be changed; a table that is not, says nothing.
func (b *Books) mayUpdate(ctx context.Context, object, table string) (bool, error) {
	objects, err := b.BusinessObjects(ctx)
	if err != nil {
		return false, err
	}
	allowed := false
	for _, o := range objects {
		allowed = allowed || same(o.Code, object) && o.Update
	}
	if !allowed {
		return false, nil
	}
	rows, err := b.find(ctx, Query{
		Object: objectTables, Table: tableTables, Key: fieldColumnTable, System: true,
		Fields: []string{fieldColumnTable, fieldTableNoUpdate, fieldTableNoAPI},
	}, tablesFilterField, table)
	if fault.Is(err, fault.Rejected) || fault.Is(err, fault.NotFound) {
		return true, nil // this user may not read the list of tables
	}
	if err != nil {
		return false, err
	}
	for _, r := range rows {
		if r.flag(fieldTableNoUpdate) || r.flag(fieldTableNoAPI) {
			return false, nil
		}
	}
	return true, nil
}

// UpdateOrder changes what of the header differs from the draft. Where nothing
// does, nothing is sent, so a change whose answer was lost may be tried again.
func (b *Books) UpdateOrder(ctx context.Context, id string, draft domain.Draft) error {
	draft.Lines = nil
	ready, err := b.fitChange(ctx, b.orderTarget(), draft)
	if err != nil {
		return err
	}
	stored, err := b.wholeOrder(ctx, id)
	if err != nil {
		return about(err, id)
	}
	return about(b.updateHeader(ctx, ready, stored), id)
}

// updateHeader sends the fields in which a header differs from a draft.
func (b *Books) updateHeader(ctx context.Context, ready fitted, stored wholeRecord) error {
	changed := domain.Draft{Entity: ready.draft.Entity, Key: ready.draft.Key}
	for _, f := range ready.draft.Fields {
		if !b.holds(stored.header, f) {
			changed.Fields = append(changed.Fields, f)
		}
	}
	if len(changed.Fields) == 0 {
		return nil
	}
	return b.put(ctx, stored.id, ready.target.change(withText(changed, ready.target.key, stored.id), b.bookDate()))
}

// ReplaceLines makes the lines of an order those of the draft, in one call.
func (b *Books) ReplaceLines(ctx context.Context, id string, draft domain.Draft) error {
	t := b.orderTarget()
	op := system + " PUT " + t.object
	if !b.settings.RowActions.replaces() {
		return fault.New(fault.Invalid, codeRowActionsMissing, op).About(id)
	}
	ready, err := b.fitNew(ctx, t, draft)
	if err != nil {
		return err
	}
	stored, err := b.wholeOrder(ctx, id)
	if err != nil {
		return about(err, id)
	}
	plan, err := b.planLines(stored.lines, withoutEmpty(ready.draft).Lines)
	if err != nil || len(plan) == 0 {
		return about(err, id)
	}
	return about(b.put(ctx, stored.id, b.changeLines(ready.target, stored.id, plan)), id)
}

// put sends a change of the record with this key.
func (b *Books) put(ctx context.Context, key string, e envelope) error {
	if b.settings.PutSendID {
		e.ID = key
	}
	_, err := b.write(ctx, http.MethodPut, e)
	return err
}

// holds reports whether a row holds the value of a field already. Text is
// compared as the books keep it, codes without regard to case.
func (b *Books) holds(r row, f domain.Field) bool {
	if !r.has(f.Name) {
		return f.Value.IsEmpty()
	}
	switch f.Value.Kind {
	case domain.KindNumber:
		n, err := r.number(f.Name)
		return err == nil && n.Equal(f.Value.Number)
	case domain.KindBool:
		return r.flag(f.Name) == f.Value.Bool
	case domain.KindDate:
		d, err := r.date(f.Name, b.zone)
		return err == nil && d == f.Value.Date
	default:
		return strings.EqualFold(oneLineEnd(r.text(f.Name)), oneLineEnd(strings.TrimSpace(f.Value.Text)))
	}
}

func oneLineEnd(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }
