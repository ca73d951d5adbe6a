package activities

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/fault"
)

// Previews answers what the flow would do, without doing it: for the people who
// change a document and want to see first what comes of it.
type Previews struct {
	*Desk
}

// Ask is what every such question has in common.
type Ask struct {
	Request     string // id of the row that tells its state; empty: nobody waits for it there
	Integration string
	Document    int    // version to go by; 0: the one in force
	Draft       string // or where the text of a draft is kept, encrypted
	InForce     int    // version in force when it was asked; 0: when it is answered
}

// Under is the same question for its later pages, which must not go by other
// versions than the first.
func (a Ask) Under(v Versions) Ask {
	if v.InForce == 0 { // of an earlier build, which did not say
		return a
	}
	if a.Draft == "" {
		a.Document = v.Document
	}
	a.InForce = v.InForce
	return a
}

// Versions says what an answer is about.
type Versions struct {
	Document int `json:"document"` // version of the document; 0: a draft
	InForce  int `json:"in_force"` // version in force: systems are opened under it, and a draft is laid over it
}

// States in which a request can be.
const (
	RequestRunning = "running"
	RequestDone    = "done"
	RequestFailed  = "failed"
)

// EndRequestInput says how a request ended.
type EndRequestInput struct {
	Ask
	Summary RequestSummary
	Results []string // where the answers are kept, encrypted
	Failure Failure  // why there are none, or not all; its code is empty when all went well
}

// RequestSummary is what is shown of a request beside its answer: counts only, so
// that it may enter a history.
type RequestSummary struct {
	Records int   `json:"records"` // gone through
	Tally   Tally `json:"tally"`
}

// EndRequest tells who asked that the answer is there.
func (p *Previews) EndRequest(ctx context.Context, in EndRequestInput) error {
	return p.failButTryOn(ctx, in.Integration, p.end(ctx, in))
}

func (p *Previews) end(ctx context.Context, in EndRequestInput) error {
	id, err := uuid.Parse(in.Request)
	if err != nil { // started by hand, in the Temporal UI
		return nil
	}
	if in.Summary.Tally == nil {
		in.Summary.Tally = Tally{}
	}
	summary, err := json.Marshal(in.Summary)
	if err != nil {
		return fmt.Errorf("encode a summary: %w", err)
	}
	end := store.RequestEndParams{
		ID: id, Integration: in.Integration, State: RequestDone, Summary: summary, Results: in.Results,
		Code: in.Failure.Code, About: in.Failure.About,
	}
	if in.Failure.Code != "" {
		end.State = RequestFailed
	}
	if end.Results == nil {
		end.Results = []string{}
	}
	return db.Q.RequestEnd(ctx, p.DB, end)
}

// asked opens the document that a question is about, and says which it is.
func (p *Previews) asked(ctx context.Context, a Ask) (doc *Document, under Versions, err error) {
	current, err := p.Documents.ofRun(ctx, a.Integration, a.InForce)
	if err != nil {
		return nil, under, err
	}
	under.InForce = current.Version
	switch {
	case a.Draft != "":
		doc, err = p.draft(ctx, a)
	case a.Document != 0:
		doc, err = p.Documents.Get(ctx, a.Integration, a.Document)
		if errors.Is(err, db.ErrNoIntegration) {
			err = fault.New(fault.NotFound, "no_such_version", "open document").About(fmt.Sprintf("%s version %d", a.Integration, a.Document))
		}
	default:
		doc = current
	}
	if err == nil && a.Draft == "" {
		under.Document = doc.Version
	}
	return doc, under, err
}

func (p *Previews) draft(ctx context.Context, a Ask) (*Document, error) {
	text, err := p.fetch(ctx, a.Integration, a.Draft)
	if err != nil {
		return nil, err
	}
	doc, err := compile(a.Integration, text, draftVersion)
	if err != nil {
		return nil, err
	}
	if doc.Integration != a.Integration {
		return nil, fault.New(fault.Invalid, "draft_of_another", "open draft").About(a.Integration)
	}
	return doc, nil
}

// keep stores what a person will be shown, encrypted, and gives its reference.
func (d *Desk) keep(ctx context.Context, integration string, what any) (string, error) {
	plain, err := json.Marshal(what)
	if err != nil {
		return "", fmt.Errorf("encode an answer: %w", err)
	}
	ref, err := d.Payloads.Prepare(ctx, integration, d.Now())
	if err != nil {
		return "", err
	}
	return ref.String(), d.Payloads.Put(ctx, d.DB, integration, ref, plain)
}

// fetch reads what keep, or who asked, stored.
func (d *Desk) fetch(ctx context.Context, integration, reference string) ([]byte, error) {
	ref, err := db.ParsePayloadRef(reference)
	if err != nil {
		return nil, fault.New(fault.Invalid, "payload_gone", "read payload")
	}
	plain, err := d.Payloads.Get(ctx, integration, ref)
	if errors.Is(err, db.ErrNoPayload) {
		return nil, fault.New(fault.NotFound, "payload_gone", "read payload")
	}
	return plain, err
}

// resume reads the state that an earlier page kept; none is the zero state.
func resume[T any](ctx context.Context, d *Desk, integration, reference string) (T, error) {
	var state T
	if reference == "" {
		return state, nil
	}
	plain, err := d.fetch(ctx, integration, reference)
	if err != nil {
		return state, err
	}
	if err := json.Unmarshal(plain, &state); err != nil {
		return state, fault.New(fault.Invalid, "payload_damaged", "read payload")
	}
	return state, nil
}
