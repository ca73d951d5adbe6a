package activities

import (
	"context"
	"errors"
	"math"
	"time"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// Documents opens the versions of integration documents. A version never
// changes, so what was compiled of it once serves every attempt.
type Documents struct {
	Store db.Documents

	opened settings.Kept[*Document]

	base  *Documents // of those where another document is in force, by supposition
	draft *Document
}

// draftVersion is asked for where a draft stands for a version: none is stored as it.
const draftVersion = math.MaxInt32

// with gives the documents as they would be if this one were in force.
func (d *Documents) with(draft *Document) *Documents { return &Documents{base: d, draft: draft} }

// Document is one version of an integration's document, ready for use.
type Document struct {
	settings.Document
	Version int
	Mapper  *mapping.Mapper

	debtors  seen[string, bool]             // default debtors that the books have
	openDays seen[domain.Date, domain.Date] // first open day from a day on
}

// Current opens the version in force.
func (d *Documents) Current(ctx context.Context, integration string) (*Document, error) {
	if d.draft != nil {
		return d.draft, nil
	}
	version, err := d.Store.Current(ctx, integration)
	if errors.Is(err, db.ErrNoIntegration) {
		return nil, fault.New(fault.Misconfigured, "no_document", "open document").About(integration)
	}
	if err != nil {
		return nil, err
	}
	return d.Get(ctx, integration, version)
}

// ofRun opens the version that a run works under, from its first step to its
// last: the one in force when it began.
func (d *Documents) ofRun(ctx context.Context, integration string, version int) (*Document, error) {
	if version == 0 {
		return d.Current(ctx, integration)
	}
	return d.Get(ctx, integration, version)
}

// Get opens one version.
func (d *Documents) Get(ctx context.Context, integration string, version int) (*Document, error) {
	switch {
	case d.draft != nil && version == d.draft.Version:
		return d.draft, nil
	case d.base != nil:
		return d.base.Get(ctx, integration, version)
	}
	return d.opened.Get(integration, version, func() (*Document, error) { return d.open(ctx, integration, version) })
}

func (d *Documents) open(ctx context.Context, integration string, version int) (*Document, error) {
	yaml, err := d.Store.Get(ctx, integration, version)
	if err != nil {
		return nil, err
	}
	return compile(integration, yaml, version)
}

// compile makes the text of a document ready for use.
func compile(integration string, yaml []byte, version int) (*Document, error) {
	parsed, err := settings.Parse(yaml)
	if err != nil {
		return nil, fault.New(fault.Misconfigured, "document_refused", "open document").About(integration).WithDetail(err.Error()).Because(err)
	}
	mapper, err := mapping.Compile(parsed.MappingRules())
	if err != nil {
		return nil, fault.New(fault.Misconfigured, "mapping_refused", "open document").About(integration).WithDetail(err.Error()).Because(err)
	}
	return &Document{Document: parsed, Version: version, Mapper: mapper}, nil
}

// pace is how patient an attempt under this document is.
func (d *Document) pace() Pace {
	return Pace{Horizon: time.Duration(d.Flows.Orders.RetryHorizon), CallTimeout: time.Duration(d.AccountView.Timeout)}
}

// patience is what one write under this document may take.
func (d *Document) patience() patience {
	return patience{call: time.Duration(d.AccountView.Timeout), settle: time.Duration(d.Flows.Orders.SettleTime)}
}
