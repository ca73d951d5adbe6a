package sandbox

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// query is one read, understood.
type query struct {
	object     *object
	options    *Options
	year       string // the book year that answers
	pageSize   int
	pageNumber int // 1 when not given
	lastKey    string
	afterKey   bool // lastKey was given
	main       []field
	allMain    bool
	details    []detailFields
	filters    []filter
	matchAny   bool
	expression condition // nil when not given
	sort       []field
	descending bool
}

type detailFields struct {
	table  *table
	all    bool
	fields []field
}

// parameters are the query parameters with their names in lower case.
type parameters map[string]string

// ours are the names that must be right: a client that misspells one would otherwise get rows it did not ask for.
var (
	ours     = regexp.MustCompile(`^(filter|match|sort|page|field|lastkey|bookdate|businessobject)`)
	numbered = regexp.MustCompile(`^filter(controlsource|operator|valuetype|value|islistofvalues)([1-9][0-9]{0,2})$`)
)

var plainParameters = map[string]bool{
	"businessobject": true, "pagesize": true, "pagenumber": true, "lastkey": true, "fields": true, "bookdate": true,
	"matchanyfilter": true, "filter": true, "sortfields": true, "sortorder": true,
}

func readParameters(values url.Values) (parameters, error) {
	p := parameters{}
	for name, given := range values {
		key := strings.ToLower(name)
		if ours.MatchString(key) && !plainParameters[key] && !numbered.MatchString(key) {
			return nil, invalid(badRequest, "Parameter %s is onbekend.", cutAt(name, 40))
		}
		if _, twice := p[key]; twice || len(given) > 1 {
			return nil, invalid(badRequest, "Parameter %s is meer dan eens opgegeven.", cutAt(name, 40))
		}
		p[key] = given[0]
	}
	return p, nil
}

// readQuery understands the parameters of a read. Whatever it does not is refused.
func (s *Server) readQuery(values url.Values, o *Options) (*query, error) {
	p, err := readParameters(values)
	if err != nil {
		return nil, err
	}
	code, given := p["businessobject"]
	if !given || code == "" {
		return nil, invalid(badRequest, "Parameter BusinessObject ontbreekt.")
	}
	of, known := o.object(code)
	if !known {
		return nil, invalid(unknownObject, "Business object %s bestaat niet.", cutAt(code, 40))
	}
	if of.WriteOnly {
		return nil, invalid(notAllowed, "Object %s kan niet worden gelezen.", of.Code)
	}
	if err := s.checkBookDate(p["bookdate"]); err != nil {
		return nil, err
	}
	q := &query{object: of, options: o, pageNumber: 1, pageSize: o.DefaultPageSize, year: cutAt(p["bookdate"], 4)}
	if q.year == "" {
		q.year = s.now().Format("2006")
	}
	if err := q.readPaging(p, o); err != nil {
		return nil, err
	}
	if err := q.readFields(p, o); err != nil {
		return nil, err
	}
	if err := q.readFilters(p, o); err != nil {
		return nil, err
	}
	return q, q.readSorting(p)
}

// checkBookDate refuses a date for which the company has no administration. All administrations of the sandbox share
// one set of tables, so the date has no other effect.
func (s *Server) checkBookDate(written string) error {
	if written == "" {
		return nil
	}
	day, err := time.Parse("2006-01-02", cutAt(written, 10))
	if err != nil {
		return invalid(badRequest, "BookDate '%s' is geen datum.", cutAt(written, 40))
	}
	if len(written) > 10 {
		if _, err := readDate(written, &column{Name: "BookDate", Type: moment}); err != nil {
			return err
		}
	}
	if year := s.now().Year(); day.Year() < firstBookYear || day.Year() > year+1 {
		return invalid(doesNotExist, "Er is geen administratie voor boekjaar %d.", day.Year())
	}
	return nil
}

func (q *query) readPaging(p parameters, o *Options) error {
	if written, given := p["pagesize"]; given {
		n, err := strconv.Atoi(written)
		if err != nil || n < 1 {
			return invalid(badRequest, "PageSize '%s' is geen positief getal.", cutAt(written, 40))
		}
		if n > o.MaxPageSize {
			return invalid(badRequest, "PageSize mag niet groter zijn dan %d.", o.MaxPageSize)
		}
		q.pageSize = n
	}
	if written, given := p["pagenumber"]; given {
		n, err := strconv.Atoi(written)
		if err != nil || n < 1 || n > 1_000_000_000 {
			return invalid(badRequest, "PageNumber '%s' is geen positief getal.", cutAt(written, 40))
		}
		q.pageNumber = n
	}
	q.lastKey, q.afterKey = p["lastkey"]
	if q.lastKey == "" {
		q.afterKey = false
	}
	if q.afterKey && q.pageNumber > 1 {
		return invalid(badRequest, "LastKey en PageNumber kunnen niet samen worden gebruikt.")
	}
	if q.afterKey && q.object.Main == &dctFldTable {
		place, err := strconv.Atoi(q.lastKey)
		if err != nil || place < 0 {
			return invalid(badRequest, "LastKey '%s' is geen volgnummer.", cutAt(q.lastKey, 40))
		}
		q.lastKey = fieldKey(place)
	}
	if c, ok := q.object.Main.column(q.object.Main.Key); ok && c.Upper {
		q.lastKey = upper(q.lastKey)
	}
	return nil
}

// readFields splits what is asked over the main table and its details. Without Fields, everything is given. A detail
// table of which nothing is asked is left out of the answer.
func (q *query) readFields(p parameters, o *Options) error {
	written := strings.TrimSpace(p["fields"])
	if written == "" {
		q.allMain = true
		for _, d := range q.object.Details {
			q.details = append(q.details, detailFields{table: d, all: true})
		}
		return nil
	}
	asked := map[*table]*detailFields{}
	for _, name := range strings.Split(written, ",") {
		if err := q.readField(strings.TrimSpace(name), asked, o); err != nil {
			return err
		}
	}
	for _, d := range q.object.Details {
		if fields := asked[d]; fields != nil {
			q.details = append(q.details, *fields)
		}
	}
	return nil
}

func (q *query) readField(name string, asked map[*table]*detailFields, o *Options) error {
	if name == "*" {
		q.allMain = true
		for _, d := range q.object.Details {
			asked[d] = &detailFields{table: d, all: true}
		}
		return nil
	}
	if before, wild := strings.CutSuffix(name, ".*"); wild {
		t, known := tableNamed(before)
		switch {
		case known && t == q.object.Main:
			q.allMain = true
		case known && q.object.hasDetail(t):
			asked[t] = &detailFields{table: t, all: true}
		default:
			return invalid(unknownField, "Tabel %s hoort niet bij object %s.", cutAt(before, 40), q.object.Code)
		}
		return nil
	}
	f, err := q.object.fieldNamed(name, q.options)
	switch {
	case err != nil && o.UnknownField == "ignore":
		return nil
	case err != nil:
		return err
	case q.object.hasDetail(f.table):
		if asked[f.table] == nil {
			asked[f.table] = &detailFields{table: f.table}
		}
		if f.column != nil && !slices.Contains(asked[f.table].fields, f) {
			asked[f.table].fields = append(asked[f.table].fields, f)
		}
	case f.column != nil && !slices.Contains(q.main, f):
		q.main = append(q.main, f)
	}
	return nil
}

func (q *query) readSorting(p parameters) error {
	switch strings.ToLower(p["sortorder"]) {
	case "", "ascending":
	case "descending":
		q.descending = true
	default:
		return invalid(badRequest, "SortOrder '%s' is ascending noch descending.", cutAt(p["sortorder"], 40))
	}
	written := strings.TrimSpace(p["sortfields"])
	if written == "" {
		return nil
	}
	if q.afterKey {
		return invalid(badRequest, "LastKey en SortFields kunnen niet samen worden gebruikt.")
	}
	for _, name := range strings.Split(written, ",") {
		f, err := q.comparable(name)
		if err != nil {
			return err
		}
		q.sort = append(q.sort, f)
	}
	return nil
}

// comparable resolves a field to filter or sort on: an own column or one of a table that the row refers to, never one of
// a detail table, of which a row has many.
func (q *query) comparable(name string) (field, error) {
	f, err := q.object.fieldNamed(name, q.options)
	if err != nil {
		return f, err
	}
	if f.column == nil || q.object.hasDetail(f.table) {
		return f, invalid(unknownField, "Op veld %s kan niet worden gefilterd of gesorteerd.", cutAt(name, 40))
	}
	return f, nil
}
