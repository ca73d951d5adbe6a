package accountview_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/connectors/accountview/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/sandboxkit"
)

var uses = accountview.Uses{
	Mapped: map[domain.Entity][]string{
		domain.EntityCustomer: {"ACCT_NAME", "src_code"}, domain.EntityDeliveryAddress: {"SUB_NR"},
		domain.EntityOrder: {"RPL_INV"}, domain.EntityOrderLine: {"ART_CODE"},
	},
	History: true, Addresses: true, ControlAccount: "1300", Prices: "incl", DeliveryAddress: "record",
}

func probed(t *testing.T, o opened, change ...func(*accountview.Uses)) domain.Findings {
	t.Helper()
	wants := uses
	for _, c := range change {
		c(&wants)
	}
	return accountview.NewProber(o.books, wants).Probe(t.Context())
}

func checkOf(t *testing.T, f domain.Findings, name, about string) domain.Check {
	t.Helper()
	for _, c := range f.Checks {
		if c.Name == name && c.About == about {
			return c
		}
	}
	t.Fatalf("no check %s %s among %v", name, about, f.Checks)
	return domain.Check{}
}

func row(t *testing.T, f domain.Findings, number int) domain.Assumption {
	t.Helper()
	for _, a := range f.Assumptions {
		if a.Row == fmt.Sprint("accountview ", number) {
			return a
		}
	}
	t.Fatalf("no assumption %d", number)
	return domain.Assumption{}
}

func TestProbe_BooksThatWorkTellWhatTheyHave(t *testing.T) {
	t.Parallel()
	for name := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openSandbox(t, name)
			f := probed(t, o)
			require.Empty(t, f.Verdict(), "%v", f.Checks)
			for _, kind := range []domain.ListKind{
				domain.ListBooksCompanies, domain.ListBooksVATCodes, domain.ListBooksLedgerAccounts, domain.ListBooksDaybooks,
				domain.ListBooksArticleGroups, domain.ListBooksPaymentConditions, domain.ListBooksFields,
			} {
				require.NotEmpty(t, f.Listings[kind], kind)
			}
			for _, c := range f.Checks {
				require.Equal(t, domain.CheckOK, c.Outcome, "%v", c)
			}
			require.Zero(t, o.writes(), "a probe only reads")
			require.Zero(t, o.sandbox.Calls().Report().Operations["POST token"], "nor does it use a token up")
		})
	}
}

func TestProbe_GoesThroughEveryAssumption(t *testing.T) {
	t.Parallel()
	f := probed(t, openSandbox(t, "as assumed"))
	require.Len(t, f.Assumptions, 36)
	for number := 1; number <= 36; number++ {
		a := row(t, f, number)
		require.True(t, a.Settled() || a.How != "", "%v", a)
		require.Empty(t, a.Set, "the sandbox is what is assumed: %v", a)
	}
	require.Equal(t, "the table with no rows in it", row(t, f, 3).Found)
	require.Equal(t, "an array", row(t, f, 4).Found)
	require.Equal(t, "unknown company 403, unknown object 400", row(t, f, 5).Found)
	require.Contains(t, row(t, f, 7).Found, "1000 is accepted")
	require.Equal(t, "both ways work", row(t, f, 8).Found)
	require.Equal(t, "empty", row(t, f, 9).Found)
	require.Equal(t, "9999-99-99T99:99:99", row(t, f, 11).Found)
	require.Equal(t, "works: Equal, DateOnOrAfterDate; refused: LessThan, GreaterThan, StartsWith, DateOnOrBeforeDate", row(t, f, 12).Found)
	require.Contains(t, row(t, f, 25).Assumed, "ZPD (customer)")
	require.Contains(t, row(t, f, 25).Found, "ZPD is there")
	require.Equal(t, "not known", row(t, f, 30).Assumed)
	require.Equal(t, "PAY_COND", row(t, f, 27).Found)
	require.Equal(t, "refused with status 400", row(t, f, 34).Found)
	require.Equal(t, "the year of today answers", row(t, f, 36).Found)
}

func TestProbe_WhatDiffersSaysWhatToSet(t *testing.T) {
	t.Parallel()
	o := openSandboxWith(t, sandbox.Options{
		MaxPageSize: 100, EmptyAnswer: "missing_key", SingleRowAsObject: sandbox.On, ListFilters: sandbox.On, UnknownField: "ignore",
		ExtraOperators: sandbox.On, ErrorsIn200: sandbox.On, EmptyDate: "null",
	}, func(s *accountview.Settings) {
		s.ListFilters, s.OrderRefField = true, "NO_SUCH"
		s.PriceObjects[0].Object, s.RowActions.Add = "ZZZ", "1"
	})
	f := probed(t, o)
	require.Empty(t, f.Verdict(), "%v", f.Checks)
	require.Equal(t, "100", row(t, f, 7).Set, "a larger page is refused")
	require.Equal(t, "200 with an error inside", row(t, f, 5).Found[len("unknown company 403, unknown object "):])
	require.Equal(t, "no table at all", row(t, f, 3).Found)
	require.Equal(t, "a bare row", row(t, f, 4).Found)
	require.Equal(t, "a comma list finds each of its values", row(t, f, 13).Found)
	require.Contains(t, row(t, f, 12).Found, "works: Equal, DateOnOrAfterDate, LessThan")
	require.Equal(t, "ignored when reading", row(t, f, 34).Found)
	require.Equal(t, "SO_HDR has no NO_SUCH", row(t, f, 18).Found)
	require.Contains(t, row(t, f, 25).Found, "ZZZ is not there")
	require.Equal(t, `add "1", change "", delete ""`, row(t, f, 30).Assumed)

	off := openSandboxWith(t, sandbox.Options{}, func(s *accountview.Settings) { s.ListFilters = true })
	require.Equal(t, "false", row(t, probed(t, off), 13).Set)
}

func TestProbe_PreciseCauses(t *testing.T) {
	t.Parallel()
	t.Run("nobody gave consent", func(t *testing.T) {
		t.Parallel()
		o := openSandbox(t, "as assumed")
		o.tokens.token = accountview.Token{Access: "dead", Refresh: "dead"}
		f := probed(t, o)
		require.Equal(t, "consent_expired", f.Verdict())
		require.Equal(t, domain.CheckOK, checkOf(t, f, "reach", "").Outcome)
		require.Equal(t, domain.CheckNotRun, checkOf(t, f, "object", "SO1").Outcome)
	})
	t.Run("the app's secret is wrong", func(t *testing.T) {
		t.Parallel()
		o := openSandboxWith(t, sandbox.Options{}, func(s *accountview.Settings) { s.ClientSecret = "planted-wrong" })
		o.tokens.token.Access = "dead"
		require.Equal(t, "credentials_refused", probed(t, o).Verdict())
	})
	t.Run("another company", func(t *testing.T) {
		t.Parallel()
		f := probed(t, openSandboxWith(t, sandbox.Options{}, func(s *accountview.Settings) { s.CompanyID = "DEMO" }))
		require.Equal(t, "company_not_listed", f.Verdict())
		require.Equal(t, []domain.ListedItem{{Code: "7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11", Name: "De Kookwinkel", Detail: "DEMO"}},
			f.Listings[domain.ListBooksCompanies], "those that there are can be chosen")
	})
	t.Run("a module is missing", func(t *testing.T) {
		t.Parallel()
		f := probed(t, openSandboxWith(t, sandbox.Options{MissingObjects: []string{"so1"}}, nil))
		require.Equal(t, "books_module_missing", f.Verdict())
		require.Equal(t, domain.CheckFailed, checkOf(t, f, "object", "SO1").Outcome)
		require.Equal(t, domain.CheckOK, checkOf(t, f, "object", "AR1").Outcome)
	})
	t.Run("the user lacks a right", func(t *testing.T) {
		t.Parallel()
		f := probed(t, openSandboxWith(t, sandbox.Options{ReadOnlyObjects: []string{"AR1"}}, nil))
		require.Equal(t, "books_right_missing", f.Verdict())
		require.Equal(t, "may not insert and update", checkOf(t, f, "object", "AR1").Found)
	})
	t.Run("the mapping fills a field that is not there", func(t *testing.T) {
		t.Parallel()
		f := probed(t, openSandbox(t, "as assumed"), func(u *accountview.Uses) {
			u.Mapped = map[domain.Entity][]string{domain.EntityOrder: {"RPL_INV", "KLEUR"}}
		})
		require.Equal(t, "field_not_in_books", f.Verdict())
		require.Equal(t, "KLEUR", checkOf(t, f, "fields", "SO_HDR").Found)
	})
	t.Run("the control account is not there", func(t *testing.T) {
		t.Parallel()
		f := probed(t, openSandbox(t, "as assumed"), func(u *accountview.Uses) { u.ControlAccount = "9999" })
		require.Equal(t, "account_not_in_books", f.Verdict())
		require.Equal(t, "no such account", row(t, f, 16).Found)
	})
	t.Run("an account of the rules for amounts is not there", func(t *testing.T) {
		t.Parallel()
		f := probed(t, openSandbox(t, "as assumed"), func(u *accountview.Uses) { u.Accounts = []string{"8000", "9999"} })
		require.Empty(t, f.Verdict(), "it warns: only a sale that needs it is parked")
		require.Equal(t, domain.CheckOK, checkOf(t, f, "account", "8000").Outcome)
		require.Equal(t, "account_not_in_books", checkOf(t, f, "account", "9999").Code)
	})
	t.Run("the mapping of invoices fills a field that is not there", func(t *testing.T) {
		t.Parallel()
		f := probed(t, openSandbox(t, "as assumed"), func(u *accountview.Uses) {
			u.Mapped = map[domain.Entity][]string{domain.EntityJournal: {"DJ_CODE", "KLEUR"}, domain.EntityJournalLine: {"AMOUNT"}}
		})
		require.Equal(t, "field_not_in_books", f.Verdict())
		require.Equal(t, "KLEUR", checkOf(t, f, "fields", "DJ_PAGE").Found)
	})
	t.Run("the default debtor is not there", func(t *testing.T) {
		t.Parallel()
		f := probed(t, openSandbox(t, "as assumed"), func(u *accountview.Uses) { u.DefaultDebtor = "99999" })
		require.Equal(t, "default_debtor_absent", f.Verdict())
	})
	t.Run("the default debtor is blocked", func(t *testing.T) {
		t.Parallel()
		o := openSandbox(t, "as assumed")
		require.NoError(t, o.books.UpdateCustomer(t.Context(), "10004", domain.Draft{Entity: domain.EntityCustomer, Key: "10004", Fields: []domain.Field{
			{Name: "BLK_SP", Value: domain.BoolValue(true)},
		}}))
		require.Equal(t, "customer_blocked", probed(t, o, func(u *accountview.Uses) { u.DefaultDebtor = "10004" }).Verdict())
	})
	t.Run("the installation is offline", func(t *testing.T) {
		t.Parallel()
		o := openSandbox(t, "as assumed")
		require.NoError(t, o.sandbox.Faults().Add(sandboxkit.Rule{Kind: sandboxkit.ServerError, Operation: "GET companies", Calls: 100}))
		require.Equal(t, "books_unavailable", probed(t, o).Verdict())
	})
}

func TestProbe_SomethingElseListensThere(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"a page": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("<html><body>welcome</body></html>"))
		},
		"plain text": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) },
		"404":        http.NotFound,
		"elsewhere":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/login", http.StatusFound) },
	} {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		s := accountview.Defaults()
		s.BaseURL, s.CompanyID, s.ClientID, s.ClientSecret, s.Timeout = server.URL, "c", "i", "planted", time.Second
		books, err := accountview.New(s, &keeper{}, nil, nil)
		require.NoError(t, err)
		require.Equal(t, "not_the_books", accountview.NewProber(books, uses).Probe(t.Context()).Verdict(), name)
	}
}
