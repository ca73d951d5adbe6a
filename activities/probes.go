package activities

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Probes looks at connections for the people who set them up.
type Probes struct {
	*Desk
}

// ProbeTime is how long one look at a system may take. What was not looked at by
// then is told as such.
const ProbeTime = 4 * time.Minute

// ProbeConnectionInput names the system to look at, under the document in force
// or under a draft.
type ProbeConnectionInput struct {
	Integration string
	System      string // accountview or mplus
	Draft       string // reference of a draft's text among the payloads; empty: the document in force
}

// ProbeConnectionResult says what was found, in codes and counts. The lists
// themselves are stored encrypted.
type ProbeConnectionResult struct {
	Code     string // why the connection cannot do its work; empty: it can
	Checks   []domain.Check
	Lists    []ListCount
	Document int // version of the document it went under; 0: a draft, or none could be opened

	// Findings is the reference of all that the test of a draft found, encrypted
	// among the payloads: it is kept nowhere else. Empty for the document in force.
	Findings string
}

// ListCount is how long a list is.
type ListCount struct {
	Kind  domain.ListKind
	Items int
}

// ProbeConnection looks at a system from all sides and stores what it found.
func (p *Probes) ProbeConnection(ctx context.Context, in ProbeConnectionInput) (ProbeConnectionResult, error) {
	found, version, err := p.probe(ctx, in)
	if err != nil {
		return ProbeConnectionResult{}, p.fail(ctx, in.Integration, err)
	}
	if err := p.store(ctx, in, found); err != nil {
		return ProbeConnectionResult{}, p.fail(ctx, in.Integration, err)
	}
	out := ProbeConnectionResult{Code: found.Verdict(), Checks: found.Checks, Lists: countsOf(found.Listings), Document: version}
	if in.Draft != "" {
		if out.Findings, err = p.keep(ctx, in.Integration, found); err != nil {
			return ProbeConnectionResult{}, p.fail(ctx, in.Integration, err)
		}
	}
	return out, nil
}

// probe looks at the system. A connection that cannot even be opened is a
// finding too: its document, an address or a secret is to blame.
func (p *Probes) probe(ctx context.Context, in ProbeConnectionInput) (found domain.Findings, version int, err error) {
	var prober connectors.Prober
	edition, err := EditionOf(ctx, p.Desk, in.Integration, in.Draft)
	if err == nil {
		prober, err = p.SetUp.Prober(ctx, in.Integration, edition, in.System)
	}
	if f, ok := fault.As(err); ok && !f.Kind.Retryable() {
		return domain.Findings{Checks: []domain.Check{{Name: "settings", About: f.Key, Outcome: domain.CheckFailed, Code: f.Code}}}, edition.Version, nil
	}
	if err != nil {
		return domain.Findings{}, 0, err
	}
	looking, cancel := context.WithTimeout(ctx, ProbeTime)
	defer cancel()
	return prober.Probe(looking), edition.Version, nil
}

// EditionOf reads a draft among the payloads or, without one, finds the version in
// force. It is no method: those of a desk become activities.
func EditionOf(ctx context.Context, d *Desk, integration, draft string) (connectors.Edition, error) {
	if draft == "" {
		doc, err := d.Documents.Current(ctx, integration)
		if err != nil {
			return connectors.Edition{}, err
		}
		return connectors.Edition{Version: doc.Version}, nil
	}
	ref, err := db.ParsePayloadRef(draft)
	if err != nil {
		return connectors.Edition{}, fault.New(fault.Invalid, "draft_gone", "open draft")
	}
	text, err := d.Payloads.Get(ctx, integration, ref)
	if errors.Is(err, db.ErrNoPayload) {
		return connectors.Edition{}, fault.New(fault.NotFound, "draft_gone", "open draft")
	}
	return connectors.Edition{Draft: text}, err
}

// store keeps what pickers and checks of the document go by. What a draft finds
// beside a document that is in force is none of that.
func (p *Probes) store(ctx context.Context, in ProbeConnectionInput, found domain.Findings) error {
	if in.Draft != "" {
		_, err := p.Documents.Store.Current(ctx, in.Integration)
		if !errors.Is(err, db.ErrNoIntegration) {
			return err
		}
	}
	if err := p.Listings.Put(ctx, in.Integration, found.Listings); err != nil {
		return err
	}
	return p.Tests.Put(ctx, in.Integration, in.System, found)
}

func countsOf(lists domain.Listings) []ListCount {
	counts := make([]ListCount, 0, len(lists))
	for kind, items := range lists {
		counts = append(counts, ListCount{kind, len(items)})
	}
	slices.SortFunc(counts, func(a, b ListCount) int { return cmp.Compare(a.Kind, b.Kind) })
	return counts
}
