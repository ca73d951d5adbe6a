package accountview

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/koppel/koppel/domain"
)

// Query is one read of a business object, with every parameter that clients
// were seen to send (reference: RB, GO, PHP and JSA clients).
type Query struct {
	Object string // "AR1"
	Table  string // the table of the answer that holds the rows: "CONTACT"
	Key    string // the column that orders the list; empty: what the settings say of the table
	// Identity are the columns that name a row, where the key does not.
	Identity []string
	System   bool // reads the data dictionary instead of the books

	Fields     []string // bare or with their table in front; empty means all
	Filters    []Filter
	MatchAny   bool   // one filter is enough; otherwise all must match
	Expression string // a raw FoxPro expression

	SortFields []string
	Descending bool

	PageSize   int
	LastKey    string // continue after this key
	PageNumber int    // from 1; 0 means not asked
	BookDate   domain.Date
}

// Filter is one numbered condition.
type Filter struct {
	Field    string
	Operator string
	Type     FilterType
	Value    string
	IsList   bool // the value is a comma list (assumed)
}

// FilterType is the type letter of a filter's literal.
type FilterType string

const (
	// FilterText compares plain text.
	FilterText FilterType = "C"
	// FilterNumber compares a number with a decimal point.
	FilterNumber FilterType = "N"
	// FilterMoment compares a FoxPro moment: {^2026-03-01 12:00:00}.
	FilterMoment FilterType = "T"
)

// op names the read in faults, counts and metrics.
func (q Query) op() string {
	if q.System {
		return "GET system " + q.Object
	}
	return "GET " + q.Object
}

func (q Query) path() string {
	endpoint := "/accountviewdata?"
	if q.System {
		endpoint = "/accountviewsystemdata?"
	}
	return endpoint + q.values().Encode()
}

func (q Query) values() url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("BusinessObject", q.Object)
	set("Fields", strings.Join(q.Fields, ","))
	for i, f := range q.Filters {
		n := strconv.Itoa(i + 1)
		v.Set("FilterControlSource"+n, f.Field)
		v.Set("FilterOperator"+n, f.Operator)
		v.Set("FilterValueType"+n, string(f.Type))
		v.Set("FilterValue"+n, f.Value)
		v.Set("FilterIsListOfValues"+n, strconv.FormatBool(f.IsList))
	}
	if q.MatchAny && len(q.Filters) > 1 {
		v.Set("MatchAnyFilter", "true")
	}
	set("Filter", q.Expression)
	if len(q.SortFields) > 0 {
		v.Set("SortFields", strings.Join(q.SortFields, ","))
		v.Set("SortOrder", "ascending")
		if q.Descending {
			v.Set("SortOrder", "descending")
		}
	}
	if q.PageSize > 0 {
		v.Set("PageSize", strconv.Itoa(q.PageSize))
	}
	set("LastKey", q.LastKey)
	if q.PageNumber > 0 {
		v.Set("PageNumber", strconv.Itoa(q.PageNumber))
	}
	set("BookDate", q.BookDate.String())
	return v
}
