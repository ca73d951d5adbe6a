package api

import (
	"maps"
	"slices"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/workflows"
)

// FlowCount is what became of the records of a run from the books to the till.
type FlowCount struct {
	Mode      string      `json:"mode" doc:"delta: what changed; full: everything; keys: named records"`
	Pages     int         `json:"pages"`
	Document  int         `json:"document" doc:"version of the document it went under"`
	Read      int         `json:"read"`
	Created   int         `json:"created"`
	Updated   int         `json:"updated"`
	Unchanged int         `json:"unchanged"`
	LeftOut   int         `json:"left_out" doc:"by the document, or by a person"`
	Parked    int         `json:"parked" doc:"a person must look"`
	Deferred  int         `json:"deferred" doc:"for the next run: somebody else writes it, or the answer was not clear"`
	KeptBack  int         `json:"kept_back" doc:"fields that the till holds otherwise and that were left so"`
	Gone      int         `json:"gone" doc:"the till has them and the books no more"`
	Swept     int         `json:"swept" doc:"of those, dealt with as the document says"`
	AsksGone  bool        `json:"asks_gone" doc:"there are too many of them: a person must approve"`
	ParkedWhy []WhyCount  `json:"parked_why" doc:"the most frequent first"`
	OtherWhy  []WhyCount  `json:"other_why" doc:"why records were left out, left alone or put off"`
	Failure   *FlowFailed `json:"failure,omitempty" doc:"why the run did not get to its end"`
}

// WhyCount is how many records ended for one reason.
type WhyCount struct {
	Code    string `json:"code"`
	Words   string `json:"words"`
	Fix     string `json:"fix" doc:"what to do"`
	Records int    `json:"records"`
}

// FlowFailed is why a run stopped, and what to do.
type FlowFailed struct {
	Code  string `json:"code"`
	Words string `json:"words"`
	Fix   string `json:"fix"`
	About string `json:"about,omitempty"`
}

// FlowCountOf puts the result of a run in the words of the API.
func FlowCountOf(result workflows.SyncCatalogResult) FlowCount {
	n := result.Count
	other := maps.Clone(n.Why)
	for code, parked := range n.ParkedWhy {
		if other[code] -= parked; other[code] <= 0 {
			delete(other, code)
		}
	}
	count := FlowCount{
		Mode: string(result.Mode), Pages: result.Pages, Document: result.Document, Read: n.Read, Created: n.Created, Updated: n.Updated,
		Unchanged: n.Unchanged, LeftOut: n.LeftOut, Parked: n.Parked, Deferred: n.Deferred, KeptBack: n.KeptBack,
		Gone: result.Gone, Swept: result.Swept, AsksGone: result.AsksGone, ParkedWhy: whyOf(n.ParkedWhy), OtherWhy: whyOf(other),
	}
	if f := result.Failure; f.Code != "" {
		reason := domain.ReasonFor(f.Code)
		count.Failure = &FlowFailed{Code: f.Code, Words: reason.Words, Fix: reason.Fix, About: f.About}
	}
	return count
}

func whyOf(counts map[string]int) []WhyCount {
	all := []WhyCount{}
	for _, code := range slices.Sorted(maps.Keys(counts)) {
		reason := domain.ReasonFor(code)
		all = append(all, WhyCount{Code: code, Words: reason.Words, Fix: reason.Fix, Records: counts[code]})
	}
	slices.SortStableFunc(all, func(a, b WhyCount) int { return b.Records - a.Records })
	return all
}
