package accountview

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Journal takes sales as pages of a daybook. A page that stands cannot be
// changed through the API, so it is no OrderChanger.
type Journal struct{ books *Books }

var (
	_ connectors.OrderSink = Journal{}
	_ connectors.Rehearser = Journal{}
)

// Journal gives the books as a taker of pages.
func (b *Books) Journal() Journal { return Journal{b} }

// String names the connection and nothing it holds.
func (j Journal) String() string { return system + " journal" }

// GoString is String, for %#v.
func (j Journal) GoString() string { return j.String() }

func (s JournalSettings) target() target {
	return target{
		object: s.Object, table: s.Table, lineTable: s.LinesTable, lineEntity: domain.EntityJournalLine, key: s.PageField,
	}
}

// OrderSchema describes what a page and its lines may hold.
func (j Journal) OrderSchema(ctx context.Context) (domain.Schema, error) {
	return j.books.documentSchema(ctx, domain.EntityJournal, j.books.settings.Journal.target())
}

// FindOrders looks pages up by our reference, and among what is posted to the
// ledger when the history is asked, too. A page comes once, however many
// transactions it became.
func (j Journal) FindOrders(ctx context.Context, reference string, history connectors.History) ([]connectors.OrderRecord, error) {
	s := j.books.settings.Journal
	if strings.TrimSpace(reference) == "" {
		return nil, fault.New(fault.Invalid, codeReferenceRequired, system+" GET "+s.ReadObject)
	}
	found := orderList{}
	rows, err := j.books.find(ctx, j.pages(), s.RefField, reference)
	if err != nil {
		return nil, about(err, reference)
	}
	for _, r := range rows {
		found.add(s.orderFromPage(r, s.RefField))
	}
	if history != connectors.WithHistory || s.PostedObject == "" || s.PostedRefField == "" {
		return found.orders, nil
	}
	rows, err = j.books.find(ctx, Query{
		Object: s.PostedObject, Table: s.PostedTable,
		Fields: distinct(j.books.settings.pageKey(s.PostedTable), s.DaybookField, s.PageField, s.PostedRefField),
	}, s.PostedRefField, reference)
	if err != nil {
		return nil, about(err, reference)
	}
	for _, r := range rows {
		found.add(s.orderFromPage(r, s.PostedRefField))
	}
	return found.orders, nil
}

func (j Journal) pages() Query {
	s := j.books.settings
	return Query{
		Object: s.Journal.ReadObject, Table: s.Journal.Table, Identity: []string{s.Journal.DaybookField, s.Journal.PageField},
		Fields: distinct(s.pageKey(s.Journal.Table), s.Journal.DaybookField, s.Journal.PageField, s.Journal.RefField),
	}
}

// CreateOrder writes a page with all its lines in one call. Its id is its
// daybook and page number together.
func (j Journal) CreateOrder(ctx context.Context, draft domain.Draft) (connectors.OrderRecord, error) {
	s := j.books.settings.Journal
	ready, reference, err := j.ready(ctx, draft)
	if err != nil {
		return connectors.OrderRecord{}, err
	}
	stored, err := j.books.create(ctx, ready.target.newRecord(ready.draft, j.books.bookDate()), s.PageField)
	if err != nil {
		return connectors.OrderRecord{}, about(err, draft.Key)
	}
	daybook := cmp.Or(stored.text(s.DaybookField), textOf(ready.draft, s.DaybookField))
	return connectors.OrderRecord{ID: pageID(daybook, stored.text(s.PageField)), Reference: reference}, nil
}

// ready makes a page ready to be sent, or says why it would not be.
func (j Journal) ready(ctx context.Context, draft domain.Draft) (ready fitted, reference string, err error) {
	s := j.books.settings.Journal
	if ready, err = j.books.fitNew(ctx, s.target(), draft); err != nil {
		return fitted{}, "", err
	}
	if reference = textOf(ready.draft, s.RefField); reference == "" {
		return fitted{}, "", fault.New(fault.Invalid, codeReferenceRequired, system+" POST "+s.Object).About(draft.Key)
	}
	ready.draft = s.signed(ready.draft)
	return ready, reference, nil
}

// OrdersWrittenSince lists pages changed since then that are not posted.
func (j Journal) OrdersWrittenSince(ctx context.Context, since time.Time) ([]connectors.OrderRecord, error) {
	q := j.pages()
	q.Filters = []Filter{j.books.changedSince(since)}
	rows, err := j.books.rows(ctx, q)
	if err != nil {
		return nil, err
	}
	found := orderList{}
	for _, r := range rows {
		found.add(j.books.settings.Journal.orderFromPage(r, j.books.settings.Journal.RefField))
	}
	return found.orders, nil
}

// RehearseCreate gives a page as it would be sent, or the fault by which it
// would not be.
func (j Journal) RehearseCreate(ctx context.Context, draft domain.Draft) (domain.Draft, error) {
	ready, _, err := j.ready(ctx, draft)
	return ready.draft, err
}

// RehearseUpdate refuses: a page cannot be changed.
func (j Journal) RehearseUpdate(_ context.Context, draft domain.Draft) (domain.Draft, error) {
	return domain.Draft{}, fmt.Errorf("accountview changes no %s", draft.Entity)
}

// CustomerField names the column in which debtors are looked up by a key.
func (j Journal) CustomerField(by connectors.CustomerKey) (string, error) {
	return j.books.CustomerField(by)
}
