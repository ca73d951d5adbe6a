package mplus_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors/mplus"
	"github.com/koppel/koppel/connectors/mplus/sandbox"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/secret"
)

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

func assumed(t *testing.T, f domain.Findings, path string) domain.Assumption {
	t.Helper()
	for _, a := range f.Assumptions {
		if a.Path == path {
			return a
		}
	}
	t.Fatalf("no assumption behind %s", path)
	return domain.Assumption{}
}

func TestProbe_ATillThatWorksTellsWhatItHas(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{}, func(s *mplus.Settings) { s.Branches = []int{1, 2} })
	f := s.client.Probe(t.Context())
	require.Empty(t, f.Verdict(), "%v", f.Checks)
	require.Equal(t, "protocol 1.0.0, release 67.1.3", checkOf(t, f, "reach", "").Found)
	for kind, items := range map[domain.ListKind]int{
		domain.ListTillBranches: 2, domain.ListTillVATCodes: 3, domain.ListTillPaymentMethods: 8, domain.ListTillDeliveryMethods: 4,
		domain.ListTillEmployees: 4, domain.ListTillPriceGroups: 2, domain.ListTillOrderCategories: 3, domain.ListTillTurnoverGroups: 12,
		domain.ListTillCustomFields: 4,
	} {
		require.Len(t, f.Listings[kind], items, kind)
	}
	require.NotEmpty(t, f.Listings[domain.ListTillArticleGroups])
	require.Contains(t, f.Listings[domain.ListTillCustomFields],
		domain.ListedItem{Code: "relation.klantsoort", Name: "klantsoort", Detail: "string"})
	require.Contains(t, f.Listings[domain.ListTillPaymentMethods],
		domain.ListedItem{Code: "CADEAUBON", Name: "Cadeaubon", Detail: "1690", Inactive: true})
	require.Contains(t, f.Listings[domain.ListTillVATCodes], domain.ListedItem{Code: "2", Name: "21 %", Detail: "NLD"})
	require.Equal(t, "hundredths", assumed(t, f, "mplus.percent_scale").Found)
	for _, a := range f.Assumptions {
		require.Empty(t, a.Set, "the sandbox is what is assumed: %v", a)
		require.True(t, a.Settled() || a.How != "", a.Topic)
	}
	for _, c := range f.Checks {
		for _, e := range f.Listings[domain.ListTillEmployees] {
			require.NotContains(t, c.Found, e.Name, "a check names nobody")
		}
	}
}

func TestProbe_WhatDiffersSaysWhatToSet(t *testing.T) {
	t.Parallel()
	whole := open(t, sandbox.Options{WholePercentages: true}, func(s *mplus.Settings) { s.PercentScale = mplus.ScaleHundredths })
	a := assumed(t, whole.client.Probe(t.Context()), "mplus.percent_scale")
	require.Equal(t, "whole", a.Found)
	require.Equal(t, "whole", a.Set)

	s := open(t, sandbox.Options{DiscountPerUnit: true})
	s.ring(`{"lines":[{"article":100101,"quantity":"3","discount_cents":50}]}`)
	s.ring(`{"lines":[{"article":100102,"quantity":"2"}],"vat_method":"exclusive"}`)
	f := s.client.Probe(t.Context())
	require.Equal(t, "per_unit", assumed(t, f, "mplus.discount_amount").Set)
	require.Equal(t, "VAT, also on orders sold without it", assumed(t, f, "mplus.line_price").Found)
	require.True(t, assumed(t, f, "mplus.time_offset").Settled())
	require.True(t, assumed(t, f, "mplus.no_customer_numbers").Settled())
}

func TestProbe_ABranchThatIsNotThere(t *testing.T) {
	t.Parallel()
	s := open(t, sandbox.Options{}, func(s *mplus.Settings) { s.Branches = []int{1, 7} })
	f := s.client.Probe(t.Context())
	require.Equal(t, "branch_not_at_till", f.Verdict())
	require.Equal(t, "7", checkOf(t, f, "branches", "").Found)
}

func TestProbe_AnEmployeeThatIsNotThereWarns(t *testing.T) {
	t.Parallel()
	for employee, code := range map[string]string{"999999": "", "1": "", "424242": "employee_not_at_till"} {
		s := open(t, sandbox.Options{HideSuperuser: true}, func(s *mplus.Settings) { s.Employee = employee })
		f := s.client.Probe(t.Context())
		require.Empty(t, f.Verdict(), "the flows can do without")
		for _, c := range f.Checks {
			if c.Name == "employee" {
				require.Equal(t, code, c.Code, employee)
			}
		}
	}
}

func TestProbe_WrongCredentialsHoweverTheyAreAnswered(t *testing.T) {
	t.Parallel()
	for _, way := range []sandbox.BadCredentials{sandbox.CredentialsFault, sandbox.CredentialsStatus401, sandbox.CredentialsStatus403} {
		s := open(t, sandbox.Options{BadCredentials: way}, func(s *mplus.Settings) { s.Secret = "planted-wrong" })
		f := s.client.Probe(t.Context())
		require.Equal(t, "till_credentials_refused", f.Verdict(), way)
		require.Equal(t, domain.CheckNotRun, checkOf(t, f, "call", "getOrders").Outcome)
		require.Empty(t, f.Listings)
		for _, a := range f.Assumptions {
			require.False(t, a.Settled())
		}
	}
}

func TestProbe_SomethingElseListensThere(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"a page": func(w http.ResponseWriter, _ *http.Request) {
			_, _ = w.Write([]byte("<html><body>welcome</body></html>"))
		},
		"json": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(`{"hello":1}`)) },
		"404":  http.NotFound,
		"400":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) },
		"405":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) },
	} {
		server := httptest.NewServer(handler)
		t.Cleanup(server.Close)
		client, err := mplus.New(mplus.Settings{BaseURL: server.URL, Ident: "i", Secret: secret.Text(plantedSecret), Timeout: time.Second}, mplus.Wiring{})
		require.NoError(t, err)
		require.Equal(t, "not_the_till", client.Probe(t.Context()).Verdict(), name)
	}
	tls := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(tls.Close)
	client, err := mplus.New(mplus.Settings{BaseURL: tls.URL, Ident: "i", Secret: plantedSecret, Timeout: time.Second}, mplus.Wiring{})
	require.NoError(t, err)
	require.Equal(t, "certificate_refused", client.Probe(t.Context()).Verdict())
}
