package accountview

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/internal/fault"
)

// shelf serves n orders in pages, in both styles. repeat makes the i-th call
// give the page before once more.
type shelf struct {
	n      int
	calls  int
	repeat func(call int) bool
	last   []map[string]any
}

func (s *shelf) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.calls++
	q := r.URL.Query()
	size, _ := strconv.Atoi(q.Get("PageSize"))
	from := 0
	if key := q.Get("LastKey"); key != "" {
		from, _ = strconv.Atoi(key)
	}
	if page, _ := strconv.Atoi(q.Get("PageNumber")); page > 0 {
		from = (page - 1) * size
	}
	page := []map[string]any{}
	for i := from; i < min(from+size, s.n); i++ {
		page = append(page, map[string]any{"ORD_NR": fmt.Sprintf("%05d", i+1), "COMMENT1": fmt.Sprintf("2026.%d", i+1)})
	}
	if s.repeat != nil && s.repeat(s.calls) {
		page = s.last
	}
	s.last = page
	_ = json.NewEncoder(w).Encode(map[string]any{"SO_HDR": page, "SO_LINE": []any{}})
}

func TestRows_ReadAllPagesOfBothStylesAndSurviveARepeatedPage(t *testing.T) {
	t.Parallel()
	for _, paging := range []Paging{PagingLastKey, PagingPageNumber} {
		for _, n := range []int{0, 1, 9, 10, 11, 40, 47} {
			for name, repeat := range map[string]func(int) bool{
				"honest":         nil,
				"second repeats": func(call int) bool { return call == 2 },
				"two in a row":   func(call int) bool { return call == 3 || call == 4 },
				"every other":    func(call int) bool { return call%2 == 0 },
			} {
				t.Run(fmt.Sprintf("%s %d %s", paging, n, name), func(t *testing.T) {
					t.Parallel()
					s := &shelf{n: n, repeat: repeat}
					b := newFake(t, s.ServeHTTP).books(t, func(s *Settings) { s.Paging, s.PageSize = paging, 10 })
					orders, err := b.OrdersWrittenSince(context.Background(), time.Now())
					require.NoError(t, err)
					require.Len(t, orders, n)
					ids := make([]string, 0, n)
					for i, o := range orders {
						require.Equal(t, fmt.Sprintf("2026.%d", i+1), o.Reference)
						ids = append(ids, o.ID)
					}
					require.True(t, slices.IsSorted(ids))
					require.LessOrEqual(t, s.calls, 2*(n/10+2))
				})
			}
		}
	}
}

func TestRows_APageThatNeverChangesIsAFaultAndNoEndlessLoop(t *testing.T) {
	t.Parallel()
	for _, paging := range []Paging{PagingLastKey, PagingPageNumber} {
		s := &shelf{n: 30, repeat: func(call int) bool { return call > 1 }}
		b := newFake(t, s.ServeHTTP).books(t, func(s *Settings) { s.Paging, s.PageSize = paging, 10 })
		_, err := b.OrdersWrittenSince(context.Background(), time.Now())
		requireFault(t, err, fault.Unavailable, "page_repeated")
		require.Equal(t, 2+repeats, s.calls)
	}
}

func TestRows_WithoutTheKeyColumnAFullPageCannotBeTheWhole(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{"SO_HDR":[{"ORD_NR":"1"},{"ORD_NR":"2"}]}`))
	b := f.books(t, func(s *Settings) {
		s.PageSize = 2
		s.PageKeys = map[string]string{"so_hdr": "REC_ID", "CONTACT": "SUB_NR", "DEL_ADDR": "REC_ID", "ARTICLE": "ART_CODE", "HST_AL": "REC_ID", "DCT_FLD": "DCT_FLD_Id"}
	})
	_, err := b.OrdersWrittenSince(context.Background(), time.Now())
	requireFault(t, err, fault.Misconfigured, "page_key_missing")
}

func TestRows_UnderAnotherTableAreNoEmptyList(t *testing.T) {
	t.Parallel()
	for _, body := range []string{
		`{"SALES_ORDER":[{"ORD_NR":"1","COMMENT1":"2026.1"}]}`, // a wrong orders_table would make every order look new
		`{"errors":[{"text":"the relay is confused"}]}`,
		`{"Error":{"code":7}}`,
	} {
		f := newFake(t, always(200, body))
		_, err := f.books(t).FindOrders(context.Background(), "2026.1", connectors.OpenOrdersOnly)
		requireFault(t, err, fault.Unavailable, "table_missing")
	}
	for _, body := range []string{`{}`, `{"SO_HDR":[]}`, `{"SO_HDR":null}`, `{"SO_LINE":[]}`} {
		f := newFake(t, always(200, body))
		found, err := f.books(t).FindOrders(context.Background(), "2026.1", connectors.OpenOrdersOnly)
		require.NoError(t, err, body)
		require.Empty(t, found, body)
	}
}

func TestRows_AListWithoutEndIsGivenUp(t *testing.T) {
	t.Parallel()
	n := 0
	f := newFake(t, func(w http.ResponseWriter, _ *http.Request) {
		n++
		reply(w, 200, fmt.Sprintf(`{"SO_HDR":[{"ORD_NR":"%d","COMMENT1":""}]}`, n))
	})
	b := f.books(t, func(s *Settings) { s.PageSize = 1 })
	b.mostPages = 25
	_, err := b.OrdersWrittenSince(context.Background(), time.Now())
	requireFault(t, err, fault.Unavailable, "endless_list")
	require.Equal(t, 25, n)
}

func TestQuery_SendsEveryParameterByItsName(t *testing.T) {
	t.Parallel()
	q := Query{
		Object: "AK1", Fields: []string{"art_code", "article.qty_tech"},
		Filters: []Filter{
			{"article.qty_tech", "NotEqual", FilterNumber, "0", false},
			{"CNG_DATE", "DateOnOrAfterDate", FilterMoment, "{^2026-03-01 12:00:00}", false},
			{"ART_CODE", "Equal", FilterText, "A&B", true},
		},
		MatchAny: true, Expression: "!EMPTY(art_code)", SortFields: []string{"AG_CODE", "ART_CODE"}, Descending: true,
		PageSize: 500, LastKey: "100 1", PageNumber: 3, BookDate: day("", "2026-03-01").Value.Date,
	}
	require.Equal(t, map[string][]string{
		"BusinessObject": {"AK1"}, "Fields": {"art_code,article.qty_tech"},
		"FilterControlSource1": {"article.qty_tech"}, "FilterOperator1": {"NotEqual"}, "FilterValueType1": {"N"}, "FilterValue1": {"0"}, "FilterIsListOfValues1": {"false"},
		"FilterControlSource2": {"CNG_DATE"}, "FilterOperator2": {"DateOnOrAfterDate"}, "FilterValueType2": {"T"}, "FilterValue2": {"{^2026-03-01 12:00:00}"}, "FilterIsListOfValues2": {"false"},
		"FilterControlSource3": {"ART_CODE"}, "FilterOperator3": {"Equal"}, "FilterValueType3": {"C"}, "FilterValue3": {"A&B"}, "FilterIsListOfValues3": {"true"},
		"MatchAnyFilter": {"true"}, "Filter": {"!EMPTY(art_code)"}, "SortFields": {"AG_CODE,ART_CODE"}, "SortOrder": {"descending"},
		"PageSize": {"500"}, "LastKey": {"100 1"}, "PageNumber": {"3"}, "BookDate": {"2026-03-01"},
	}, map[string][]string(q.values()))
	require.Equal(t, "GET AK1", q.op())
	require.Equal(t, "GET system fld", Query{Object: "fld", System: true}.op())
}

func TestReads_CarryCompanyTokenAndBookDate(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{}`))
	b := f.books(t)
	b.now = func() time.Time { return time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC) } // already January in Amsterdam
	_, err := b.FindOrders(context.Background(), "2026.1", connectors.OpenOrdersOnly)
	require.NoError(t, err)
	call := f.calls("accountviewdata")[0]
	require.Equal(t, "c0ffee", call.header.Get("x-company"))
	require.Equal(t, "Bearer access-1", call.header.Get("Authorization"))
	require.Equal(t, []string{"2027-01-01"}, call.query["BookDate"])

	b = f.books(t, func(s *Settings) { s.BookDate = BookDateEmpty })
	_, err = b.FindOrders(context.Background(), "2026.1", connectors.OpenOrdersOnly)
	require.NoError(t, err)
	require.Empty(t, f.calls("accountviewdata")[1].query["BookDate"])
}
