package activities

import (
	"time"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/mapping"
)

// Catalog brings records of the books to the till, a page at a time. What the
// flows share is written for all of them (catalog_carry.go); what one of them
// knows of its own records stands in its carrier.
type Catalog struct {
	*Desk
}

// CatalogMode is which records a run carries.
type CatalogMode string

// What CatalogMode may be.
const (
	// ModeDelta carries what changed in the books.
	ModeDelta CatalogMode = "delta"
	// ModeFull carries everything, and compares it with what the till holds.
	ModeFull CatalogMode = "full"
	// ModeKeys carries named records, and compares them likewise.
	ModeKeys CatalogMode = "keys"
)

// CarryInput asks for the next page of a run.
type CarryInput struct {
	Integration string
	Keys        []string `json:",omitempty"` // named records; none: what the mode says
	Full        bool     `json:",omitempty"` // somebody asked for everything
	Load        bool     `json:",omitempty"` // it is an initial load, beside the flow
	DryRun      bool     `json:",omitempty"` // nothing is written anywhere
	Most        int      `json:",omitempty"` // records of the page, if that is less than the document says
	ApproveGone bool     `json:",omitempty"` // a person says that what the books no longer have may go, however much it is
	Place       CatalogPlace
}

// CatalogPlace is where a run stands. The zero place is its beginning.
type CatalogPlace struct {
	Mode     CatalogMode
	Document int       // version that the run works under
	Crawl    int64     // names the run among those that read everything: when it began, in milliseconds
	Since    time.Time // what changed since then is read; zero: everything
	After    string    // key of the last record carried
	Newest   time.Time // latest change met
	Pages    int
	Pace     Pace
}

// CarryResult says what became of a page.
type CarryResult struct {
	Place CatalogPlace
	Count CatalogCount
	More  bool

	Passed int // of the page, in what CountRecords counts

	Gone  int  // of a complete reading: records that the till has and the books no more
	Known int  // of how many
	Asked bool // a person was asked about them before, and has not answered
}

// CatalogCount counts records by what became of them.
type CatalogCount struct {
	Read      int
	Created   int
	Updated   int
	Unchanged int
	LeftOut   int            // by the document: Why says for what
	Parked    int            // a person must look: Why says for what
	Deferred  int            // for the next run: somebody else writes it, or the answer was not clear
	KeptBack  int            // fields that the till holds otherwise and that are left so
	Why       map[string]int `json:",omitempty"`
	ParkedWhy map[string]int `json:",omitempty"` // those of Why that are parked
}

// Plus adds another count.
func (c CatalogCount) Plus(more CatalogCount) CatalogCount {
	sum := CatalogCount{
		Read: c.Read + more.Read, Created: c.Created + more.Created, Updated: c.Updated + more.Updated, Unchanged: c.Unchanged + more.Unchanged,
		LeftOut: c.LeftOut + more.LeftOut, Parked: c.Parked + more.Parked, Deferred: c.Deferred + more.Deferred, KeptBack: c.KeptBack + more.KeptBack,
	}
	sum.Why, sum.ParkedWhy = added(c.Why, more.Why), added(c.ParkedWhy, more.ParkedWhy)
	return sum
}

// added sums counts by code. In whatever order they come, the sums are the same.
//
//workflowcheck:ignore
func added(counts ...map[string]int) map[string]int {
	var sum map[string]int
	for _, one := range counts {
		for code, n := range one {
			if sum == nil {
				sum = map[string]int{}
			}
			sum[code] += n
		}
	}
	return sum
}

// Outcomes of a record of the catalogue, beside OutcomeCreated, OutcomeUpdated,
// OutcomeSkipped and parked.
const (
	OutcomeInPlace  = "unchanged"
	OutcomeLeftOut  = "left_out"
	OutcomeDeferred = "deferred"
	OutcomeGone     = "gone"
)

// Codes of why a record is left out or left as it is; domain.ReasonFor explains each.
const (
	CodeFilteredRecord = "filtered_record"
	CodeNotMade        = "creating_off"
	CodeNotChanged     = "updating_off"
	CodeChangedThere   = "changed_there"
	CodeTooManyGone    = "too_many_gone"
	CodeGoneInBooks    = "gone_in_books"
	CodeParentLeftOut  = "category_parent_left_out"
	CodeParentNotThere = "category_parent_not_there"
	CodeStockNotKept   = "stock_not_kept"
	CodeSoldNowhere    = "stock_sold_nowhere"
	CodeGroupHasOthers = "category_has_others"
)

// record is one record of the books on its way to the till.
type record[T any] struct {
	key    string // in the books
	source T
	fault  *fault.Error // why it cannot pass

	look    bool   // it must be looked up, whatever is known of it
	leftOut string // why the document leaves it out; empty: it does not
	draft   domain.Draft
	known   store.Catalog // how it stood; the zero row: never met

	held    *connectors.HeldRecord // as the till has it; nil: it has not, or nobody looked
	target  string                 // its number at the till
	changes domain.Draft           // what differs and may be written
	kept    []mapping.Kept         // what differs and is left alone
	told    []domain.Decision      // what was decided about it, for its timeline
	step    reconcile.CatalogStep

	outcome string
	code    string
	wrote   mapping.Written // what we wrote there last
	written mapping.Written // what is to be remembered of it from now on; nil: as before
	again   bool            // the next run looks at it again
	settle  time.Duration   // nobody may write it until then: an answer was not clear
}

// parks says that a person must look at the record.
func (r *record[T]) parks(why *fault.Error) { r.fault = why }

// tells notes what was decided about the record, for whoever looks.
func (r *record[T]) tells(code, about string) {
	r.told = append(r.told, domain.Decision{Code: code, About: about})
}

// changed reports whether there is anything to write.
func (r *record[T]) changed() bool {
	if len(r.changes.Fields) > 0 {
		return true
	}
	for _, line := range r.changes.Lines {
		if len(line.Fields) > 0 {
			return true
		}
	}
	return false
}

// print is what a record is known again by: its draft, or why there is none.
func (r *record[T]) print() string {
	if r.fault != nil && len(r.draft.Fields) == 0 && len(r.draft.Lines) == 0 {
		return "!" + r.fault.Code + " " + r.fault.Key
	}
	return r.draft.Hash()
}
