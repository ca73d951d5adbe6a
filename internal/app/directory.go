package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// Directory opens the systems of integrations. It is the only place that knows
// which connector plays which role. What it opened it keeps: a client remembers
// its token and its data dictionary.
type Directory struct {
	DB        *pgxpool.Pool
	Documents *activities.Documents
	Secrets   db.Secrets
	Tokens    db.Tokens
	Observe   func(system, op string, took time.Duration, err error)
	Log       *slog.Logger

	mu     sync.Mutex
	opened map[string]opened
}

// opened are the systems of one integration under one version of its document.
type opened struct {
	version    int
	secretsSet time.Time // when a secret was last set, by the database's clock
	books      *accountview.Books
	till       *mplus.Client
}

var _ connectors.Directory = (*Directory)(nil)

// OrderSource opens the till for one kind of sale.
func (d *Directory) OrderSource(ctx context.Context, integration string, version int, of domain.SourceKind) (connectors.OrderSource, error) {
	o, err := d.open(ctx, integration, version)
	if err != nil {
		return nil, err
	}
	return o.till.Sales(of), nil
}

// OrderMarker opens the till for marks.
func (d *Directory) OrderMarker(ctx context.Context, integration string, version int) (connectors.OrderMarker, error) {
	o, err := d.open(ctx, integration, version)
	if err != nil {
		return nil, err
	}
	return o.till, nil
}

// CashCounter opens the till for counts of its drawers.
func (d *Directory) CashCounter(ctx context.Context, integration string, version int) (connectors.CashCounter, error) {
	o, err := d.open(ctx, integration, version)
	if err != nil {
		return nil, err
	}
	return o.till, nil
}

// Calendar opens the books for their periods.
func (d *Directory) Calendar(ctx context.Context, integration string, version int) (connectors.Calendar, error) {
	o, err := d.open(ctx, integration, version)
	if err != nil {
		return nil, err
	}
	return o.books, nil
}

// OrderSink opens the books for orders or for pages of daybooks.
func (d *Directory) OrderSink(ctx context.Context, integration string, version int, as domain.Target) (connectors.OrderSink, error) {
	o, err := d.open(ctx, integration, version)
	if err != nil {
		return nil, err
	}
	switch as {
	case domain.TargetSalesOrder:
		return o.books, nil
	case domain.TargetJournal, domain.TargetDayTotal:
		return o.books.Journal(), nil
	default:
		return nil, fmt.Errorf("the books take no %q", as)
	}
}

// CustomerSink opens the books for customers.
func (d *Directory) CustomerSink(ctx context.Context, integration string, version int) (connectors.CustomerSink, error) {
	o, err := d.open(ctx, integration, version)
	return o.books, err
}

// AddressSink opens the books for delivery addresses.
func (d *Directory) AddressSink(ctx context.Context, integration string, version int) (connectors.AddressSink, error) {
	o, err := d.open(ctx, integration, version)
	return o.books, err
}

// ProductIndex opens the books for products.
func (d *Directory) ProductIndex(ctx context.Context, integration string, version int) (connectors.ProductIndex, error) {
	o, err := d.open(ctx, integration, version)
	return o.books, err
}

func (d *Directory) open(ctx context.Context, integration string, version int) (opened, error) {
	doc, err := d.Documents.Get(ctx, integration, version)
	if err != nil {
		return opened{}, err
	}
	// A secret counts from the moment it is set: who corrects one and unpauses the
	// flow must not meet the old one again.
	set, err := d.secretsSet(ctx, integration)
	if err != nil {
		return opened{}, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	key := fmt.Sprintf("%s/%d", integration, version)
	if o, ok := d.opened[key]; ok && !set.After(o.secretsSet) {
		return o, nil
	}
	secrets, err := d.secrets(ctx, integration, settings.SecretAccountViewClient, settings.SecretMplusIdent, settings.SecretMplusSecret)
	if err != nil {
		return opened{}, err
	}
	o := opened{version: version, secretsSet: set}
	if o.books, err = d.openBooks(ctx, doc.Document, secrets, bookTokens{d.Tokens, integration}, connectors.GateWait); err != nil {
		return opened{}, err
	}
	if o.till, err = d.openTill(ctx, doc.Document, secrets, connectors.GateWait); err != nil {
		return opened{}, err
	}
	if d.opened == nil || len(d.opened) > 1000 {
		d.opened = map[string]opened{}
	}
	d.opened[key] = o
	return o, nil
}

// secretsSet is when a secret of the integration was last set.
func (d *Directory) secretsSet(ctx context.Context, integration string) (time.Time, error) {
	names, err := d.Secrets.List(ctx, integration)
	if err != nil {
		return time.Time{}, err
	}
	var last time.Time
	for _, name := range names {
		if name.ChangedAt.After(last) {
			last = name.ChangedAt
		}
	}
	return last, nil
}

// secrets reads the named ones of those that connections need.
func (d *Directory) secrets(ctx context.Context, integration string, names ...string) (connectionSecrets, error) {
	var s connectionSecrets
	fields := s.fields()
	for _, name := range names {
		into := fields[name]
		value, err := d.Secrets.Get(ctx, integration, name)
		if errors.Is(err, db.ErrNoSecret) {
			return s, fault.New(fault.Misconfigured, "secret_missing", "open connection").About(name)
		}
		if err != nil {
			return s, err
		}
		*into = value
	}
	return s, nil
}

func (d *Directory) gate(ctx context.Context, integration, system string, limits settings.Limits, patience time.Duration) (connectors.Gate, error) {
	return db.OpenGate(ctx, db.Gate{
		DB: d.DB, Connection: integration + "/" + system,
		InFlight: limits.InFlight, PerSecond: limits.PerSecond, Patience: patience,
	})
}

func (d *Directory) observe(system string) func(string, time.Duration, error) {
	if d.Observe == nil {
		return nil
	}
	return func(op string, took time.Duration, err error) { d.Observe(system, op, took, err) }
}
