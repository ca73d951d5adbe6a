package activities_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/internal/testkit"
)

// office is where a test sets its systems up.
type office struct {
	openErr error
	found   domain.Findings
	opened  []connectors.Edition

	exchanged  []string // code, redirect address and verifier of each exchange
	consentErr error
}

func (o *office) Prober(_ context.Context, _ string, of connectors.Edition, _ string) (connectors.Prober, error) {
	o.opened = append(o.opened, of)
	return o, o.openErr
}

func (o *office) Probe(context.Context) domain.Findings { return o.found }

func (o *office) Consenter(_ context.Context, _ string, of connectors.Edition, _ string) (connectors.Consenter, error) {
	o.opened = append(o.opened, of)
	return o, o.openErr
}

func (o *office) TakeConsent(_ context.Context, code, redirectURI, verifier string) error {
	o.exchanged = append(o.exchanged, code, redirectURI, verifier)
	return o.consentErr
}

func (d *desk) probes(o *office) *activities.Probes {
	box := testkit.Box(d.t)
	d.SetUp, d.Listings = o, db.Listings{DB: d.pool, Box: box}
	d.Tests, d.Consents = db.ConnectionTests{DB: d.pool, Box: box}, db.Consents{DB: d.pool, Box: box}
	return &activities.Probes{Desk: d.Desk}
}

func employees() domain.Listings {
	return domain.Listings{domain.ListTillEmployees: {{Code: "14", Name: "Jansen"}}}
}

func TestProbeConnection_StoresWhatItFoundAndTellsCountsOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := &office{found: domain.Findings{
		Checks: []domain.Check{{Name: "reach", Outcome: domain.CheckOK, Found: "release 67.1.3"}}, Listings: employees(),
		Assumptions: []domain.Assumption{{Row: "mplus 1", Found: "hundredths"}},
	}}
	p := d.probes(o)

	out, err := run[activities.ProbeConnectionResult](d, p.ProbeConnection, activities.ProbeConnectionInput{Integration: "shop", System: "mplus"})

	require.NoError(t, err)
	require.Empty(t, out.Code)
	require.Empty(t, out.Findings, "what the document in force finds is stored as such")
	require.Equal(t, 1, out.Document)
	require.Equal(t, []activities.ListCount{{Kind: domain.ListTillEmployees, Items: 1}}, out.Lists)
	told, err := json.Marshal(out)
	require.NoError(t, err)
	require.NotContains(t, string(told), "Jansen")
	require.Equal(t, []connectors.Edition{{Version: 1}}, o.opened)
	lists, err := d.Listings.Get(t.Context(), "shop")
	require.NoError(t, err)
	require.Equal(t, employees(), lists)
	tests, err := d.Tests.List(t.Context(), "shop")
	require.NoError(t, err)
	require.Equal(t, "hundredths", tests[0].Assumptions[0].Found)
}

func TestProbeConnection_AConnectionThatCannotBeOpenedIsAFinding(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	p := d.probes(&office{openErr: fault.New(fault.Misconfigured, "secret_missing", "open").About("mplus.secret")})
	out, err := run[activities.ProbeConnectionResult](d, p.ProbeConnection, activities.ProbeConnectionInput{Integration: "shop", System: "mplus"})
	require.NoError(t, err)
	require.Equal(t, "secret_missing", out.Code)
	require.Equal(t, "mplus.secret", out.Checks[0].About)

	out, err = run[activities.ProbeConnectionResult](d, p.ProbeConnection, activities.ProbeConnectionInput{Integration: "nobody", System: "mplus"})
	require.NoError(t, err)
	require.Equal(t, "no_document", out.Code)
}

func TestProbeConnection_ADraftIsTestedBeforeADocumentIsInForce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := &office{found: domain.Findings{Listings: employees(), Assumptions: []domain.Assumption{{Row: "mplus 1", Found: "hundredths"}}}}
	p := d.probes(o)
	draftOf := func(integration string) string {
		ref, err := d.Payloads.Prepare(t.Context(), integration, time.Now())
		require.NoError(t, err)
		require.NoError(t, d.Payloads.Put(t.Context(), d.pool, integration, ref, []byte("integration: "+integration)))
		return ref.String()
	}

	out, err := run[activities.ProbeConnectionResult](d, p.ProbeConnection,
		activities.ProbeConnectionInput{Integration: "new", System: "mplus", Draft: draftOf("new")})
	require.NoError(t, err)
	require.Zero(t, out.Document, "it went under no version")
	require.Equal(t, "integration: new", string(o.opened[0].Draft))
	lists, err := d.Listings.Get(t.Context(), "new")
	require.NoError(t, err)
	require.NotEmpty(t, lists, "the pickers of a first set-up go by them")

	beside, err := run[activities.ProbeConnectionResult](d, p.ProbeConnection,
		activities.ProbeConnectionInput{Integration: "shop", System: "mplus", Draft: draftOf("shop")})
	require.NoError(t, err)
	told, err := json.Marshal(beside)
	require.NoError(t, err)
	require.NotContains(t, string(told), "Jansen")
	ref, err := db.ParsePayloadRef(beside.Findings)
	require.NoError(t, err)
	kept, err := d.Payloads.Get(t.Context(), "shop", ref)
	require.NoError(t, err)
	var found domain.Findings
	require.NoError(t, json.Unmarshal(kept, &found))
	require.Equal(t, o.found, found, "whoever asked can read all of it")
	tests, err := d.Tests.List(t.Context(), "shop")
	require.NoError(t, err)
	require.Empty(t, tests)
	lists, err = d.Listings.Get(t.Context(), "shop")
	require.NoError(t, err)
	require.Empty(t, lists, "a draft beside a document in force changes nothing of it")

	out, err = run[activities.ProbeConnectionResult](d, p.ProbeConnection,
		activities.ProbeConnectionInput{Integration: "shop", System: "mplus", Draft: "2020-01/01890000-0000-7000-8000-000000000000"})
	require.NoError(t, err)
	require.Equal(t, "draft_gone", out.Code)
}

func TestExchangeConsent_TakesTheCodeThatCameBackAndForgetsIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := &office{}
	p := d.probes(o)
	id, err := d.Consents.Ask(t.Context(), db.Consent{
		Integration: "shop", System: "accountview", RedirectURI: "https://k/connect/accountview", Verifier: "verifier",
	}, "state", time.Now().Add(time.Minute))
	require.NoError(t, err)
	in := activities.ConsentInput{Integration: "shop", Consent: id.String()}

	_, err = run[any](d, p.ExchangeConsent, in)
	_, f := failure(t, err)
	require.Equal(t, "consent_unknown", f.Code, "no code came back yet")

	_, err = d.Consents.Returned(t.Context(), "state", secret.Text("planted-code"))
	require.NoError(t, err)
	_, err = run[any](d, p.ExchangeConsent, activities.ConsentInput{Integration: "other", Consent: id.String()})
	_, f = failure(t, err)
	require.Equal(t, "consent_unknown", f.Code, "of another integration")

	out, err := run[activities.ConsentResult](d, p.ExchangeConsent, in)
	require.NoError(t, err)
	require.Equal(t, 1, out.Document)
	require.Equal(t, []string{"planted-code", "https://k/connect/accountview", "verifier"}, o.exchanged)

	_, err = run[any](d, p.EndConsent, activities.EndConsentInput{ConsentInput: in, Outcome: "ok"})
	require.NoError(t, err)
	_, err = d.Consents.Get(t.Context(), id)
	require.ErrorIs(t, err, db.ErrNoConsent)
}

func TestExchangeConsent_WhatGoesWrongShowsNoSecret(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	o := &office{consentErr: errors.New("planted-code")}
	p := d.probes(o)
	id, err := d.Consents.Ask(t.Context(), db.Consent{Integration: "shop", System: "accountview"}, "state", time.Now().Add(time.Minute))
	require.NoError(t, err)
	_, err = d.Consents.Returned(t.Context(), "state", "planted-code")
	require.NoError(t, err)
	_, err = run[any](d, p.ExchangeConsent, activities.ConsentInput{Integration: "shop", Consent: id.String()})
	require.Error(t, err)
	require.NotContains(t, err.Error(), "planted")
}
