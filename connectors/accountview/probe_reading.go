package accountview

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/httpx"
)

// pagesTried are page sizes that clients were seen to ask, largest first.
var pagesTried = []int{1000, 500, 256, 200, 100, 20}

// dictionaryQuery reads the data dictionary, the longest list that every
// AccountView has.
func (p *probe) dictionaryQuery(size int) Query {
	return Query{
		Object: objectDictionary, Table: tableDictionary, System: true, Fields: []string{"DCT_FLD_Id", fieldColumnName},
		PageSize: size, BookDate: p.bookDate(),
	}
}

// acceptedPage finds a page size that is not refused, so that the rest of the
// probe can read at all.
func (p *probe) acceptedPage(ctx context.Context) (found, code string) {
	for _, size := range append([]int{p.settings.MaxPageSize}, pagesTried...) {
		if size > p.settings.MaxPageSize {
			continue
		}
		a, err := p.look(ctx, p.dictionaryQuery(size), p.settings.CompanyID)
		if err != nil {
			return "", codeOf(err)
		}
		if read, err := judgeRead(system+" GET system "+objectDictionary, a); err == nil && len(read.tables[tableDictionary]) > 0 {
			p.settings.MaxPageSize, p.settings.PageSize = size, min(size, p.settings.PageSize)
			return strconv.Itoa(size), ""
		}
	}
	return "", codeListNotRead
}

// largestPage: whether the page size of the settings is what really comes. More
// rows after a page that came shorter than asked mean that the server cuts.
func (p *probe) largestPage(ctx context.Context) (found, set string) {
	accepted := p.settings.MaxPageSize
	rows, err := p.rowsAsAsked(ctx, p.dictionaryQuery(accepted))
	if err != nil || len(rows) == 0 {
		return "", ""
	}
	if len(rows) < accepted {
		q := p.dictionaryQuery(accepted)
		q.LastKey = rows[len(rows)-1].text("DCT_FLD_Id")
		if more, err := p.rowsAsAsked(ctx, q); err == nil && len(more) > 0 && more[0].text("DCT_FLD_Id") != rows[0].text("DCT_FLD_Id") {
			return fmt.Sprintf("pages are cut at %d rows", len(rows)), strconv.Itoa(len(rows))
		}
		return fmt.Sprintf("%d is accepted; no list here is longer than %d", accepted, len(rows)), strconv.Itoa(accepted)
	}
	return fmt.Sprintf("%d rows come in one page", accepted), strconv.Itoa(accepted)
}

// rowsAsAsked is one page, exactly as the query says.
func (p *probe) rowsAsAsked(ctx context.Context, q Query) ([]row, error) {
	a, err := p.look(ctx, q, p.settings.CompanyID)
	if err != nil {
		return nil, err
	}
	read, err := judgeRead(system+" "+q.op(), a)
	return read.tables[q.Table], err
}

func (p *probe) tokenLife(ctx context.Context) (found, set string) {
	token, err := p.session.tokens.Current(ctx)
	if err != nil || !token.Stated {
		return "", ""
	}
	return "the answer itself states it, until " + token.ExpiresAt.UTC().Format("15:04") + " UTC", ""
}

// nobodys is a debtor number that no company has.
const nobodys = "KPL-NO-ONE"

func (p *probe) oneDebtor(fields ...string) Query {
	return Query{Object: objectDebtor, Table: tableDebtor, Fields: fields, PageSize: 1, BookDate: p.bookDate()}
}

func (p *probe) emptyAnswer(ctx context.Context) (found, set string) {
	q := p.oneDebtor(fieldDebtorNumber)
	q.Filters = p.equal(fieldDebtorNumber, []string{nobodys})
	a, err := p.look(ctx, q, p.settings.CompanyID)
	if err != nil {
		return "", ""
	}
	read, readErr := readAnswer(a.Body)
	switch {
	case a.Status == http.StatusNotFound:
		return "status 404", ""
	case readErr != nil || read.trouble != nil:
		return "", ""
	case read.tables[tableDebtor] != nil || strings.Contains(string(a.Body), `"`+tableDebtor+`"`):
		return "the table with no rows in it", ""
	default:
		return "no table at all", ""
	}
}

var bareRow = regexp.MustCompile(`^\s*\{\s*"[^"]+"\s*:\s*\{`)

func (p *probe) singleRow(ctx context.Context) (found, set string) {
	a, err := p.look(ctx, p.oneDebtor(fieldDebtorNumber), p.settings.CompanyID)
	switch {
	case err != nil || a.Status != http.StatusOK:
		return "", ""
	case bareRow.Match(a.Body):
		return "a bare row", ""
	default:
		return "an array", ""
	}
}

// statuses asks what must be refused: a company and an object that do not exist.
func (p *probe) statuses(ctx context.Context) (found, set string) {
	company, companyErr := p.look(ctx, p.oneDebtor(fieldDebtorNumber), "koppel-no-such-company")
	object, objectErr := p.look(ctx, Query{Object: "KPLX", PageSize: 1}, p.settings.CompanyID)
	if companyErr != nil || objectErr != nil {
		return "", ""
	}
	return fmt.Sprintf("unknown company %s, unknown object %s", statusWords(company), statusWords(object)), ""
}

func statusWords(a httpx.Answer) string {
	words := strconv.Itoa(a.Status)
	if read, err := readAnswer(a.Body); err == nil && read.trouble != nil && a.Status/100 == 2 {
		words += " with an error inside"
	}
	return words
}

func (p *probe) accountsPage(size int) Query {
	return Query{Object: objectLedger, Table: tableLedger, Fields: []string{fieldLedger}, PageSize: size, BookDate: p.bookDate()}
}

// paging asks for the second page in both ways and sees which brings other rows.
func (p *probe) paging(ctx context.Context) (found, set string) {
	const size = 2
	first, err := p.rowsAsAsked(ctx, p.accountsPage(size))
	if err != nil || len(first) < size || len(p.seen[string(domain.ListBooksLedgerAccounts)]) < 2*size {
		return "", ""
	}
	byKey, byNumber := p.accountsPage(size), p.accountsPage(size)
	byKey.LastKey = first[size-1].text(fieldLedger)
	byNumber.PageNumber, byNumber.SortFields = 2, []string{fieldLedger}
	works := func(q Query) bool {
		second, err := p.rowsAsAsked(ctx, q)
		return err == nil && len(second) > 0 && !slices.ContainsFunc(second, func(r row) bool {
			return slices.ContainsFunc(first, func(f row) bool { return f.text(fieldLedger) == r.text(fieldLedger) })
		})
	}
	key, number := works(byKey), works(byNumber)
	switch {
	case key && number:
		return "both ways work", string(p.settings.Paging)
	case key:
		return "only lastkey works", string(PagingLastKey)
	case number:
		return "only page numbers work", string(PagingPageNumber)
	default:
		return "neither way brings a second page", ""
	}
}

func (p *probe) pastTheEnd(ctx context.Context) (found, set string) {
	q := p.accountsPage(p.settings.PageSize)
	q.PageNumber, q.SortFields = 100_000, []string{fieldLedger}
	a, err := p.look(ctx, q, p.settings.CompanyID)
	if err != nil {
		return "", ""
	}
	rows, err := judgeRead(system+" "+q.op(), a)
	switch {
	case err != nil:
		return "refused with status " + strconv.Itoa(a.Status), ""
	case len(rows.tables[tableLedger]) == 0:
		return "empty", ""
	default:
		return "rows again", ""
	}
}

// operators tries the two that are in use, and some whose names are guesses.
func (p *probe) operators(ctx context.Context) (found, set string) {
	works := func(f Filter) bool {
		q := p.oneDebtor(fieldDebtorNumber)
		q.Filters = []Filter{f}
		a, err := p.look(ctx, q, p.settings.CompanyID)
		if err != nil {
			return false
		}
		_, err = judgeRead(system+" "+q.op(), a)
		return err == nil
	}
	today := sinceLiteral(p.now(), p.zone)
	var good, bad []string
	for _, f := range []Filter{
		{fieldDebtorNumber, p.settings.EqualOperator, FilterText, nobodys, false},
		{fieldChangedAt, p.settings.OnOrAfterOperator, FilterMoment, today, false},
		{"CNG_NR", "LessThan", FilterNumber, "1", false},
		{"CNG_NR", "GreaterThan", FilterNumber, "1", false},
		{fieldDebtorNumber, "StartsWith", FilterText, "1", false},
		{fieldChangedAt, "DateOnOrBeforeDate", FilterMoment, today, false},
	} {
		if works(f) {
			good = append(good, f.Operator)
		} else {
			bad = append(bad, f.Operator)
		}
	}
	return strings.TrimSuffix("works: "+strings.Join(good, ", ")+"; refused: "+strings.Join(bad, ", "), "; refused: "), ""
}

func (p *probe) listFilters(ctx context.Context) (found, set string) {
	codes := p.seen[string(domain.ListBooksVATCodes)]
	if len(codes) < 2 {
		return "", ""
	}
	q := Query{
		Object: objectVAT, Table: tableVAT, Fields: []string{fieldVATCode}, PageSize: p.settings.PageSize, BookDate: p.bookDate(),
		Filters: []Filter{{fieldVATCode, p.settings.EqualOperator, FilterText, codes[0] + "," + codes[1], true}},
	}
	rows, err := p.rowsAsAsked(ctx, q)
	switch {
	case err != nil:
		return "refused", "false"
	case len(rows) == 2:
		return "a comma list finds each of its values", strconv.FormatBool(p.settings.ListFilters) // either setting is right
	default:
		return fmt.Sprintf("a comma list of two codes finds %d", len(rows)), "false"
	}
}

func (p *probe) unknownField(ctx context.Context) (found, set string) {
	a, err := p.look(ctx, p.oneDebtor(fieldDebtorNumber, "KPL_NO_SUCH"), p.settings.CompanyID)
	if err != nil {
		return "", ""
	}
	if _, err = judgeRead(system+" GET "+objectDebtor, a); err != nil {
		return "refused with status " + strconv.Itoa(a.Status), ""
	}
	return "ignored when reading", ""
}

// bookYear compares the periods with and without today's date.
func (p *probe) bookYear(ctx context.Context) (found, set string) {
	q := Query{Object: objectPeriods, Table: tablePeriods, Fields: []string{fieldPeriodStart}, PageSize: min(p.settings.MaxPageSize, 100)}
	silent, err := p.rowsAsAsked(ctx, q)
	if err != nil {
		return "", ""
	}
	q.BookDate = domain.DateIn(p.now(), p.zone)
	dated, err := p.rowsAsAsked(ctx, q)
	if err != nil || len(dated) == 0 {
		return "", ""
	}
	starts := func(rows []row) (all []string) {
		for _, r := range rows {
			all = append(all, r.text(fieldPeriodStart))
		}
		return all
	}
	if slices.Equal(starts(silent), starts(dated)) {
		return "the year of today answers", string(p.settings.BookDate)
	}
	return "another year than that of today answers", string(BookDateToday)
}
