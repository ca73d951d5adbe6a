package mplus_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/soap"
	"github.com/koppel/koppel/internal/wsdl"
)

const plantedSecret = "planted-till-secret"

// shop is a sandbox till and a client of it.
type shop struct {
	t      *testing.T
	server *sandbox.Server
	url    string
	client *mplus.Client
}

// open starts a till; change may alter the client's settings.
func open(t *testing.T, o sandbox.Options, change ...func(*mplus.Settings)) *shop {
	t.Helper()
	o.Secret = plantedSecret
	server, err := sandbox.New(o)
	require.NoError(t, err)
	listener := httptest.NewServer(server.Handler())
	t.Cleanup(func() {
		listener.Close()
		require.NoError(t, server.Close())
	})
	s := mplus.Settings{
		BaseURL: listener.URL, Ident: secret.Text(server.Ready().Ident), Secret: secret.Text(server.Ready().Secret), Timeout: 10 * time.Second,
	}
	for _, c := range change {
		c(&s)
	}
	client, err := mplus.New(s, mplus.Wiring{Transport: &checked{t: t, schema: official(t), next: &http.Transport{DisableKeepAlives: true}}})
	require.NoError(t, err)
	return &shop{t: t, server: server, url: listener.URL, client: client}
}

var loadOfficial = sync.OnceValues(func() (*wsdl.Schema, error) {
	if path := os.Getenv("MPLUS_WSDL"); path != "" {
		return wsdl.Load(path)
	}
	return nil, nil
})

func official(t *testing.T) *wsdl.Schema {
	t.Helper()
	schema, err := loadOfficial()
	require.NoError(t, err)
	return schema
}

// checked holds everything that passes against the official schema, when
// MPLUS_WSDL names one.
type checked struct {
	t      *testing.T
	schema *wsdl.Schema
	next   http.RoundTripper
}

func (c *checked) RoundTrip(r *http.Request) (*http.Response, error) {
	request, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(request))
	response, err := c.next.RoundTrip(r)
	if err != nil || c.schema == nil {
		return response, err
	}
	sent, err := soap.ReadEnvelope(bytes.NewReader(request), 1<<20)
	if err != nil {
		return nil, err
	}
	operation := sent.Root()
	if err := c.schema.ValidateRequest(operation, request); err != nil {
		c.t.Errorf("request %s: %v", operation, err)
	}
	answer, readErr := io.ReadAll(response.Body)
	response.Body = io.NopCloser(io.MultiReader(bytes.NewReader(answer), ending{readErr}))
	if readErr == nil && response.StatusCode == http.StatusOK {
		if err := c.schema.ValidateResponse(operation, answer); err != nil {
			c.t.Errorf("answer to %s: %v", operation, err)
		}
	}
	return response, nil
}

// ending ends a body that was read before the way it ended then.
type ending struct{ err error }

func (e ending) Read([]byte) (int, error) {
	if e.err != nil {
		return 0, e.err
	}
	return 0, io.EOF
}

type rungUp struct {
	OrderID        string `json:"order_id"`
	Number         string `json:"number"`
	TotalInclCents int64  `json:"total_incl_cents"`
}

// ring rings up a sale, given as the sandbox's page for programs takes it.
func (s *shop) ring(sale string) rungUp {
	s.t.Helper()
	response, err := http.Post(s.url+"/_sandbox/orders", "application/json", strings.NewReader(sale))
	require.NoError(s.t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(s.t, err)
	require.Less(s.t, response.StatusCode, 300, "%s", answer)
	var rung rungUp
	require.NoError(s.t, json.Unmarshal(answer, &rung))
	return rung
}

// somebodys is a sale of one article to a customer of the seeded shop.
func (s *shop) somebodys(i int) string {
	return fmt.Sprintf(`{"relation_number": %d, "reference": "ref %d", "lines": [{"article": %d, "quantity": "%d.5"}]}`,
		known(i), i, article(i), i%3+1)
}

// known is the relation number of one of the customers that the till knows from the start.
func known(i int) int64 {
	var numbers []int64
	for _, c := range sandboxkit.SeedShop().Customers {
		if c.RelationNumber != 0 {
			numbers = append(numbers, c.RelationNumber)
		}
	}
	return numbers[i%len(numbers)]
}

// article is the number of something that the shop sells.
func article(i int) int64 {
	articles := sandboxkit.SeedShop().Articles
	return articles[i*37%len(articles)].Number
}

// readAll pulls from the marker to the end as a flow does: it meets a fault, it
// asks again. Later versions of an order replace earlier ones.
func (s *shop) readAll(marker int64, limit int) (map[domain.OrderID]connectors.SourceOrder, int64) {
	s.t.Helper()
	found := map[domain.OrderID]connectors.SourceOrder{}
	for range 1000 {
		page, err := s.client.OrdersAfter(s.t.Context(), marker, limit)
		if err != nil {
			f, ok := fault.As(err)
			require.True(s.t, ok)
			require.True(s.t, f.Kind.Retryable(), "%v", err)
			continue
		}
		require.LessOrEqual(s.t, len(page.Orders), limit)
		require.GreaterOrEqual(s.t, page.Marker, marker)
		for _, o := range page.Orders {
			require.NoError(s.t, o.Fault)
			require.Greater(s.t, o.Order.Version.Marker, marker)
			require.GreaterOrEqual(s.t, o.Order.Version.Marker, found[o.Order.ID].Order.Version.Marker)
			found[o.Order.ID] = o
		}
		if marker = page.Marker; len(page.Orders) == 0 {
			return found, marker
		}
	}
	require.Fail(s.t, "reading does not end")
	return nil, 0
}

func TestSandbox_ReadsEverySaleOnceToTheCent(t *testing.T) {
	t.Parallel()
	for name, o := range map[string]sandbox.Options{
		"strict":            {},
		"shuffled":          {ShuffleResults: true},
		"whole percentages": {WholePercentages: true},
		"no decimal places": {OmitZeroDecimalPlaces: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, o)
			head, err := s.client.CurrentMarker(t.Context())
			require.NoError(t, err)
			want := map[domain.OrderID]rungUp{}
			for i := range 23 {
				rung := s.ring(s.somebodys(i))
				want[domain.OrderID(rung.OrderID)] = rung
			}
			found, last := s.readAll(head, 7)
			require.Equal(t, len(want), len(found))
			for id, rung := range want {
				got := found[id].Order
				require.Equal(t, rung.Number, got.Number)
				require.True(t, domain.Euros(rung.TotalInclCents).Equal(got.TotalIncl), "%s and %d cents", got.TotalIncl, rung.TotalInclCents)
				require.True(t, got.Customer.Known())
				require.NotEmpty(t, got.Customer.Name)
				require.False(t, got.Date.IsZero())
				require.Equal(t, domain.VATInclusive, got.VATMethod)
				require.Len(t, got.Lines, 1)
				line := got.Lines[0]
				require.True(t, line.TotalIncl.Equal(got.TotalIncl))
				require.Equal(t, "0.5", line.Quantity.Mod(decimal.NewFromInt(1)).String())
				require.Contains(t, []string{"0", "9", "21"}, line.VATPercent.String())
				require.Len(t, got.VATGroups, 1)
				require.Equal(t, line.VATCode, got.VATGroups[0].Code)
				require.True(t, got.VATGroups[0].Incl().Equal(got.TotalIncl))
				require.Contains(t, string(found[id].Raw), rung.OrderID)
			}
			current, err := s.client.CurrentMarker(t.Context())
			require.NoError(t, err)
			require.Equal(t, current, last)

			s.server.Calls().Reset()
			page, err := s.client.OrdersAfter(t.Context(), last, 7)
			require.NoError(t, err)
			require.Empty(t, page.Orders)
			require.Equal(t, map[string]int{"getOrders": 1}, s.server.Calls().Report().Operations, "nothing new costs one read")
		})
	}
}

func TestSandbox_PagingSurvivesRepeatedPagesAndChangedRows(t *testing.T) {
	t.Parallel()
	for _, kind := range []sandboxkit.Kind{sandboxkit.RepeatedPage, sandboxkit.RowChanged} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := open(t, sandbox.Options{})
			head, err := s.client.CurrentMarker(t.Context())
			require.NoError(t, err)
			want := map[domain.OrderID]bool{}
			for i := range 12 {
				want[domain.OrderID(s.ring(s.somebodys(i)).OrderID)] = true
			}
			require.NoError(t, s.server.Faults().Add(sandboxkit.Rule{Kind: kind, Operation: "getOrders", Calls: 2, Skip: 1}))
			found, last := s.readAll(head, 5)
			require.Equal(t, 2, s.server.Faults().Report().Hits[kind], "the fault was met")
			for id := range want {
				_, ok := found[id]
				require.True(t, ok, "order %s was lost", id)
			}
			require.Equal(t, len(want), len(found))
			current, err := s.client.CurrentMarker(t.Context())
			require.NoError(t, err)
			require.Equal(t, current, last)
		})
	}
}

func TestSandbox_EveryFaultIsClassifiedAndPasses(t *testing.T) {
	t.Parallel()
	for kind, want := range map[sandboxkit.Kind]fault.Kind{
		sandboxkit.TooMany:      fault.Throttled,
		sandboxkit.ServerError:  fault.Unavailable,
		sandboxkit.BadGateway:   fault.Unavailable,
		sandboxkit.DropBefore:   fault.Unavailable,
		sandboxkit.DropAfter:    fault.Unavailable,
		sandboxkit.Late:         fault.Unavailable,
		sandboxkit.Cut:          fault.Unavailable,
		sandboxkit.Hang:         fault.Unavailable,
		sandboxkit.Latency:      fault.Unavailable, // longer than the timeout
		sandboxkit.ExpiredToken: fault.Unauthorized,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := open(t, sandbox.Options{}, func(s *mplus.Settings) { s.Timeout = 500 * time.Millisecond })
			head, err := s.client.CurrentMarker(t.Context())
			require.NoError(t, err)
			rung := s.ring(s.somebodys(1))
			require.NoError(t, s.server.Faults().Add(sandboxkit.Rule{Kind: kind, Operation: "getOrders", Calls: 1, Seconds: 2}))

			_, err = s.client.OrdersAfter(t.Context(), head, 10)
			f, ok := fault.As(err)
			require.True(t, ok, "%v", err)
			require.Equal(t, want, f.Kind, "%v", err)
			for err := error(f); err != nil; err = errors.Unwrap(err) {
				require.NotContains(t, err.Error(), plantedSecret)
				require.NotContains(t, err.Error(), "ident=")
			}
			require.NotContains(t, f.Detail(), plantedSecret)

			page, err := s.client.OrdersAfter(t.Context(), head, 10)
			require.NoError(t, err)
			require.Len(t, page.Orders, 1)
			require.Equal(t, domain.OrderID(rung.OrderID), page.Orders[0].Order.ID)
		})
	}
}

func TestSandbox_RefusedCredentialsAreUnauthorizedInEveryForm(t *testing.T) {
	t.Parallel()
	for _, form := range []sandbox.BadCredentials{sandbox.CredentialsFault, sandbox.CredentialsStatus401, sandbox.CredentialsStatus403} {
		s := open(t, sandbox.Options{BadCredentials: form}, func(s *mplus.Settings) { s.Secret = "another planted-till-secret" })
		_, err := s.client.OrdersAfter(t.Context(), 0, 10)
		f, ok := fault.As(err)
		require.True(t, ok)
		require.Equal(t, "Unauthorized: till_credentials_refused (mplus getOrders)", f.Error())
		require.NotContains(t, f.Detail(), plantedSecret)
	}
}

func TestSandbox_SellsUnderEveryVATMethod(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	for method, want := range map[string]domain.VATMethod{
		"inclusive": domain.VATInclusive, "exclusive": domain.VATExclusive, "shifted": domain.VATShifted, "none": domain.VATNone,
	} {
		rung := s.ring(fmt.Sprintf(`{"relation_number": %d, "vat_method": %q, "lines": [{"article": %d, "quantity": "3", "price_cents": 1000, "discount_cents": 150}]}`,
			known(0), method, article(1)))
		found, err := s.client.OrdersByNumber(t.Context(), []string{rung.Number})
		require.NoError(t, err)
		require.Len(t, found, 1)
		got := found[0].Order
		require.Equal(t, want, got.VATMethod)
		require.True(t, domain.Euros(rung.TotalInclCents).Equal(got.TotalIncl))
		require.True(t, got.Lines[0].TotalIncl.Equal(got.TotalIncl), "%s: %s and %s", method, got.Lines[0].TotalIncl, got.TotalIncl)
		require.True(t, got.Lines[0].TotalExcl.Equal(got.TotalExcl))
		require.True(t, got.VATGroups[0].Excl.Equal(got.TotalExcl))
		if method == "inclusive" {
			require.Equal(t, "28.5", got.TotalIncl.String())
		} else {
			require.Equal(t, "28.5", got.TotalExcl.String())
		}
		again, err := s.client.OrderByID(t.Context(), got.ID)
		require.NoError(t, err)
		require.Equal(t, got.ContentHash(), again.Order.ContentHash())
	}
	none, err := s.client.OrdersByNumber(t.Context(), []string{"2026.999999"})
	require.NoError(t, err)
	require.Empty(t, none)
	_, err = s.client.OrderByID(t.Context(), "nothing-like-it")
	require.True(t, fault.Is(err, fault.NotFound))
	_, err = s.client.OrderByExternalID(t.Context(), "nothing-like-it")
	require.True(t, fault.Is(err, fault.NotFound))
}

func TestSandbox_SetUpCanBeRead(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{})
	articles, err := s.client.Articles(t.Context(), mplus.ArticleQuery{SKUs: []string{strconv.FormatInt(article(5), 10)}})
	require.NoError(t, err)
	require.Equal(t, strconv.FormatInt(article(5), 10), articles[0].SKU)
	version, err := s.client.Version(t.Context())
	require.NoError(t, err)
	require.Equal(t, mplus.Version{Protocol: "1.0.0", Release: "67.1.3"}, version)
	branches, err := s.client.Branches(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, branches)
	rates, err := s.client.VATGroups(t.Context())
	require.NoError(t, err)
	require.Equal(t, "21", highest(rates).String())
	employees, err := s.client.Employees(t.Context())
	require.NoError(t, err)
	require.Contains(t, numbers(employees), "999999")
	payments, err := s.client.PaymentMethods(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, payments)
	deliveries, err := s.client.DeliveryMethods(t.Context())
	require.NoError(t, err)
	require.NotEmpty(t, deliveries)
	markers, err := s.client.CurrentMarkers(t.Context())
	require.NoError(t, err)
	require.Positive(t, markers.Relations)
	customer, err := s.client.CustomerByID(t.Context(), domain.CustomerID(strconv.FormatInt(known(0), 10)))
	require.NoError(t, err)
	require.NotEmpty(t, customer.Name)
	_, err = s.client.CustomerByID(t.Context(), "987654321")
	require.True(t, fault.Is(err, fault.NotFound))
}

func highest(rates []mplus.VATRate) decimal.Decimal {
	top := decimal.Zero
	for _, r := range rates {
		top = decimal.Max(top, r.Percent)
	}
	return top
}

func numbers(employees []mplus.Employee) []string {
	var found []string
	for _, e := range employees {
		found = append(found, e.Number)
	}
	return found
}

func TestSandbox_KeepsOneBranchApart(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{}, func(s *mplus.Settings) { s.Branches = []int{2} })
	head, err := s.client.CurrentMarker(t.Context())
	require.NoError(t, err)
	something, customer := article(0), known(0)
	for i := range 6 {
		s.ring(fmt.Sprintf(`{"relation_number": %d, "branch": %d, "lines": [{"article": %d, "quantity": "1"}]}`, customer, i/3+1, something))
	}
	found, last := s.readAll(head, 2)
	require.Equal(t, 3, len(found))
	for _, o := range found {
		require.Equal(t, "2", o.Order.Branch)
	}
	current, err := s.client.CurrentMarker(t.Context())
	require.NoError(t, err)
	require.Equal(t, current, last)
}

// A lenient till would prove nothing about our requests: this one refuses what
// the schema does not allow.
func TestSandbox_TheTillOfTheseTestsIsStrict(t *testing.T) {
	t.Parallel()
	document, err := soap.Marshal("urn:mplusqapi", "getOrders", struct{}{})
	require.NoError(t, err)
	s := open(t, sandbox.Options{})
	query := url.Values{"ident": {s.server.Ready().Ident}, "secret": {s.server.Ready().Secret}}
	response, err := http.Post(s.url+"/?"+query.Encode(), "text/xml", bytes.NewReader(document))
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, http.StatusInternalServerError, response.StatusCode)
}
