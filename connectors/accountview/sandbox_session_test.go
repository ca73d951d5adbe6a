package accountview_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/secret"
)

func TestSandbox_AConsentBecomesACompanyToWorkWith(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	o := openSandbox(t, "as assumed")
	s := accountview.Defaults()
	s.BaseURL, s.ClientID, s.ClientSecret = o.url+"/api/v3", o.sandbox.Ready().ClientID, secret.Text(o.sandbox.Ready().ClientSecret)
	consent, err := accountview.NewConsent(s, nil, nil)
	require.NoError(t, err)

	const redirect = "http://localhost:8080/callback"
	page := consent.AuthorizeURL("state 1", redirect, "")
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	asked, err := url.Parse(page)
	require.NoError(t, err)
	form := asked.Query()
	form.Set("answer", "allow")
	answer, err := browser.PostForm(strings.Split(page, "?")[0], form)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	back, err := answer.Location()
	require.NoError(t, err)
	require.Equal(t, "state 1", back.Query().Get("state"))

	token, err := consent.Exchange(ctx, back.Query().Get("code"), redirect, "")
	require.NoError(t, err)
	require.NotEmpty(t, token.Refresh)
	require.WithinDuration(t, time.Now().Add(time.Hour), token.ExpiresAt, time.Minute)
	companies, err := consent.Companies(ctx, token)
	require.NoError(t, err)
	require.Len(t, companies, 1)
	require.Equal(t, o.sandbox.Ready().CompanyID, companies[0].ID)

	_, err = consent.Exchange(ctx, back.Query().Get("code"), redirect, "")
	require.True(t, fault.Is(err, fault.Unauthorized), "a code works once: %v", err)
}

func TestSandbox_FiftyCallersWithADeadTokenRefreshOnce(t *testing.T) {
	t.Parallel()
	o := openSandbox(t, "as assumed")
	o.tokens.token.Access = "dead"
	var group errgroup.Group
	for i := range 50 {
		group.Go(func() error {
			_, err := o.books.FindOrders(context.Background(), fmt.Sprint("2026.", i), connectors.OpenOrdersOnly)
			return err
		})
	}
	require.NoError(t, group.Wait())
	require.Equal(t, 1, o.sandbox.Calls().Report().Operations["POST token"])
}

func TestSandbox_ADeadRefreshTokenNeedsAPerson(t *testing.T) {
	t.Parallel()
	o := openSandbox(t, "as assumed")
	o.tokens.token = accountview.Token{Access: "dead", Refresh: "dead"}
	_, err := o.books.CreateOrder(context.Background(), order("2026.1"))
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, fault.Unauthorized, f.Kind)
	require.Equal(t, "consent_expired", f.Code)
	require.Zero(t, o.writes())
}

func TestSandbox_TokensThatLiveSecondsAreNotRenewedAtEveryCall(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{TokenTTL: sandbox.Duration(20 * time.Second)}, nil)
	o.tokens.token.Access = "dead"
	for i := range 10 {
		_, err := o.books.FindOrders(context.Background(), fmt.Sprint("2026.", i), connectors.OpenOrdersOnly)
		require.NoError(t, err)
	}
	require.Equal(t, 1, o.sandbox.Calls().Report().Operations["POST token"])
}

func TestSandbox_PagesThatRepeatOrShiftLoseAndDoubleNobody(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for _, paging := range []accountview.Paging{accountview.PagingLastKey, accountview.PagingPageNumber} {
		for _, rule := range []sandboxkit.Rule{
			{Kind: sandboxkit.RepeatedPage, Calls: 1},
			{Kind: sandboxkit.RepeatedPage, Calls: 2},
			{Kind: sandboxkit.RowChanged, Calls: 1},
			{Kind: sandboxkit.RowChanged, Calls: 2},
			{Kind: sandboxkit.RowChanged, Calls: 9},
		} {
			t.Run(fmt.Sprint(paging, rule.Kind, rule.Calls), func(t *testing.T) {
				t.Parallel()
				o := openSandboxWith(t, sandbox.Options{}, func(s *accountview.Settings) { s.Paging, s.PageSize = paging, 4 })
				var want []string
				for i := range 11 {
					made, err := o.books.CreateCustomer(ctx, customer(fmt.Sprint(77000+i), ""))
					require.NoError(t, err)
					want = append(want, made.Number)
				}
				rule.Operation = "GET AR1"
				require.NoError(t, o.sandbox.Faults().Add(rule))
				listed, err := o.books.CustomersWrittenSince(ctx, time.Now().Add(-time.Hour))
				require.NoError(t, err)
				var got []string
				for _, c := range listed {
					got = append(got, c.Number)
				}
				require.ElementsMatch(t, want, got)
				if rule.Kind == sandboxkit.RepeatedPage { // three pages, and one more read for each that repeated
					require.Equal(t, 3+rule.Calls, o.sandbox.Calls().Report().Operations["GET AR1"])
				}
			})
		}
	}
}

func TestSandbox_TheLiveDictionaryAgreesWithTheBuiltInOne(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	live, err := openSandbox(t, "as assumed").books.OrderSchema(ctx)
	require.NoError(t, err)
	o := openSandbox(t, "as assumed")
	require.NoError(t, o.sandbox.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.ServerError, Operation: "GET system fld", Calls: 100}))
	builtIn, err := o.books.OrderSchema(ctx)
	require.NoError(t, err)
	require.Greater(t, len(live.Fields), len(builtIn.Fields))
	for _, want := range builtIn.Fields {
		got, ok := live.Field(want.Name)
		require.True(t, ok)
		require.Equal(t, want.Kind, got.Kind, want.Name)
		require.Equal(t, want.Length, got.Length, want.Name)
	}
}
