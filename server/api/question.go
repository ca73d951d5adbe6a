package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/domain"
)

// Questions are answered by a worker, without anything being written to a system
// or to what the flows go by.
type Questions interface {
	// Ask has a worker find the answer. A draft with anything wrong is an error of
	// type settings.Problems, and then nothing was started.
	Ask(ctx context.Context, q Question) (request string, err error)
	// Answer tells how far a request is; ErrNoRequest when there is none.
	Answer(ctx context.Context, integration, request string) (Answered, error)
}

// ErrNoRequest says that nobody made that request, or longer ago than is kept.
var ErrNoRequest = fmt.Errorf("there is no such request")

// Question is what somebody asks to be shown.
type Question struct {
	Kind        QuestionKind
	Integration string
	By          string // who asks
	Draft       []byte // YAML of a document that is not in force; empty: none
	Version     int    // or an earlier version; 0: the one in force

	Entity domain.Entity // of a preview: orders, or debtors as customers of the till; empty: orders
	Keys   []string      // of a preview and a dry run: order numbers, or debtor numbers
	Last   int           // of a preview without keys: how many, those that arrived last
	Most   int           // of a dry run: how many at most; 0: as many as is usual
	From   domain.Date   // of a what-if: the first day
	Until  domain.Date   // and the last

	Price PriceQuestion // of a price
}

// PriceQuestion asks what a customer pays for an article.
type PriceQuestion struct {
	Customer string          // debtor number of the books
	SKU      string          // article code of the books
	Quantity decimal.Decimal // above zero
	On       domain.Date     // zero: today
}

// QuestionKind is what is asked.
type QuestionKind string

const (
	// AskPreview shows records in every form they take.
	AskPreview QuestionKind = "preview"
	// AskDryRun shows what a flow would do.
	AskDryRun QuestionKind = "dry_run"
	// AskWhatIf shows what another document would have made of a period.
	AskWhatIf QuestionKind = "what_if"
	// AskPrice shows what a customer pays for an article, and why.
	AskPrice QuestionKind = "price"
)

// Bounds of a question.
const (
	MostPreviewed = 20
	MostDryRun    = 1000
)

// Problem says what is wrong with a question, beside its draft; empty when nothing is.
func (q Question) Problem() string {
	switch {
	case len(q.Draft) > 0 && q.Version != 0:
		return "give a draft or a version, not both"
	case q.Version < 0:
		return "versions are counted from 1"
	case q.Kind == AskPreview && !slices.Contains([]domain.Entity{"", domain.EntityOrder, domain.EntityRelation}, q.Entity):
		return "there is a preview of entity order and of entity relation"
	case q.Kind == AskPreview && q.Entity == domain.EntityRelation && len(q.Keys) == 0:
		return "name debtors by their numbers"
	case q.Kind == AskPreview && len(q.Keys) == 0 && q.Last < 1:
		return "name orders, or say how many of the last ones"
	case q.Kind == AskPreview && (len(q.Keys) > MostPreviewed || q.Last > MostPreviewed):
		return fmt.Sprintf("at most %d orders at a time", MostPreviewed)
	case q.Kind == AskDryRun && (len(q.Keys) > MostDryRun || q.Most > MostDryRun || q.Most < 0):
		return fmt.Sprintf("at most %d orders at a time", MostDryRun)
	case q.Kind == AskPrice && (q.Price.Customer == "" || q.Price.SKU == ""):
		return "name a customer and an article of the books"
	case q.Kind == AskPrice && !q.Price.Quantity.IsPositive():
		return "the quantity must be above zero"
	case q.Kind == AskWhatIf && (q.From.IsZero() || q.Until.IsZero()):
		return "give the first and the last day of the period, as YYYY-MM-DD"
	case q.Kind == AskWhatIf && q.Until.Before(q.From):
		return "the last day of the period, " + q.Until.String() + ", lies before the first, " + q.From.String()
	case q.Kind == AskWhatIf && len(q.Draft) == 0 && q.Version == 0:
		return "give the draft or the version to compare with"
	default:
		return ""
	}
}

// Answered is how far a request is, and what was found. The result may hold
// personal data.
type Answered struct {
	ID       string          `json:"id"`
	Kind     string          `json:"kind" enum:"preview|dry_run|what_if|price"`
	State    string          `json:"state" enum:"running|done|failed"`
	AskedBy  string          `json:"asked_by"`
	AskedAt  time.Time       `json:"asked_at"`
	EndedAt  *time.Time      `json:"ended_at"`
	Document int             `json:"document" doc:"version of the document that the answer is about; 0: a draft"`
	InForce  int             `json:"in_force" doc:"version in force when it was asked: systems are opened under it, and a draft is laid over it"`
	Under    string          `json:"under" doc:"both in words: version 3; a draft over version 3; version 2, where version 3 is in force"`
	Link     string          `json:"link" doc:"where this is answered again"`
	Failure  *AnswerFailure  `json:"failure,omitempty" doc:"why there is no answer, or not all of it"`
	Summary  json.RawMessage `json:"summary,omitempty" doc:"counts"`
	Result   json.RawMessage `json:"result,omitempty" doc:"what was found; see docs/preview.md"`
	Gone     bool            `json:"gone,omitempty" doc:"the result is no longer kept"`
}

// AnswerFailure says why a question has no answer, and what to do.
type AnswerFailure struct {
	Code  string `json:"code"`
	About string `json:"about,omitempty"`
	Words string `json:"words"`
	Fix   string `json:"fix"`
}

// Words says which versions of the document the answer is about; empty for a
// request of an earlier build, which did not note it.
func (a Answered) Words() string {
	switch {
	case a.InForce == 0:
		return ""
	case a.Document == 0:
		return fmt.Sprintf("a draft over version %d", a.InForce)
	case a.Document == a.InForce:
		return fmt.Sprintf("version %d", a.Document)
	default:
		return fmt.Sprintf("version %d, where version %d is in force", a.Document, a.InForce)
	}
}

// Ended reports whether a request is over.
func (a Answered) Ended() bool { return a.State != "running" }

// NotStarted says that Temporal did not take a request.
type NotStarted struct{ Cause error }

// Error words it for people.
func (n *NotStarted) Error() string { return "Temporal did not take the request; nothing was started" }

// Unwrap gives the cause.
func (n *NotStarted) Unwrap() error { return n.Cause }

// Await looks every so often until a request is over or the time is, and gives
// how far it is then.
func Await(ctx context.Context, from Questions, integration, request string, every, atMost time.Duration) (Answered, error) {
	tick, over := time.NewTicker(every), time.After(atMost)
	defer tick.Stop()
	for {
		answer, err := from.Answer(ctx, integration, request)
		if err != nil || answer.Ended() {
			return answer, err
		}
		select {
		case <-ctx.Done():
			return answer, ctx.Err()
		case <-over:
			return answer, nil
		case <-tick.C:
		}
	}
}
