package accountview

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

var update = flag.Bool("update", false, "write the golden files anew")

func requireGolden(t *testing.T, name, got string) {
	t.Helper()
	var indented bytes.Buffer
	require.NoError(t, json.Indent(&indented, []byte(got), "", "  "))
	indented.WriteByte('\n')
	path := filepath.Join("testdata", "golden", name+".json")
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, indented.Bytes(), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), indented.String())
}

func TestEnvelopes_AreWhatTheGoldenFilesShow(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	fullOrder := domain.Draft{
		Entity: domain.EntityOrder, Key: "2026.123",
		Fields: []domain.Field{
			text("rpl_inv", "10001"), text("RPL_DEL", "10001"), text("COMMENT1", "2026.123"), day("ORD_DATE", "2026-03-29"),
			text("DEL_CODE", ""), day("DEL_DATE", ""),
			{Name: "GROSS_FLG", Value: domain.BoolValue(true)},
			number("PD_AMT", "0"),
			text("COMMENT2", "Graag \"achterom\" <bezorgen>\r\nDank"),
		},
		Lines: []domain.Draft{
			line(text("ART_CODE", "00100101"), number("ORD_QTY", "2"), number("ART_PX", "12.10")),
			line(text("ART_CODE", "100102"), number("ORD_QTY", "-0.125"), number("DISC_PCT", "12.5"), text("ART_DESC1", "Crème brûlée")),
		},
	}
	for name, c := range map[string]struct {
		change func(*Settings)
		write  func(*Books) error
		method string
	}{
		"order": {nil, func(b *Books) error { _, err := b.CreateOrder(ctx, fullOrder); return err }, "POST "},
		"order-without-book-date": {
			func(s *Settings) { s.BookDate = BookDateEmpty },
			func(b *Books) error { _, err := b.CreateOrder(ctx, smallOrder()); return err }, "POST ",
		},
		"debtor":        {nil, func(b *Books) error { _, err := b.CreateCustomer(ctx, newDebtor()); return err }, "POST "},
		"debtor-change": {nil, func(b *Books) error { return b.UpdateCustomer(ctx, "10001", phoneOnly()) }, "PUT "},
		"debtor-change-with-id": {
			func(s *Settings) { s.PutSendID = true },
			func(b *Books) error {
				return b.UpdateCustomer(ctx, "00005", domain.Draft{Fields: []domain.Field{text("FAX_BUS", ""), day("VAT_DATE", "")}})
			}, "PUT ",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, always(201, `{"SO_HDR":[{"ORD_NR":"20260001"}],"CONTACT":[{"SUB_NR":"10061"}]}`))
			change := func(*Settings) {}
			if c.change != nil {
				change = c.change
			}
			b := f.books(t, change)
			b.now = func() time.Time { return time.Date(2026, 3, 29, 12, 0, 0, 0, time.UTC) }
			require.NoError(t, c.write(b))
			sent := f.calls("accountviewdata")
			require.Len(t, sent, 1)
			require.Equal(t, c.method, sent[0].op)
			require.Equal(t, "application/json; charset=utf-8", sent[0].header.Get("Content-Type"))
			requireGolden(t, name, sent[0].body)
		})
	}
}

func TestCreate_GivesTheNumberOfTheBooks(t *testing.T) {
	t.Parallel()
	b := newFake(t, always(201, `{"SO_HDR":{"ORD_NR":"20260001 ","SO_HDR_Id":0},"CONTACT":[{"SUB_NR":"10061"}]}`)).books(t)
	order, err := b.CreateOrder(context.Background(), smallOrder())
	require.NoError(t, err)
	require.Equal(t, "20260001", order.ID)
	require.Equal(t, "2026.123", order.Reference)

	customer, err := b.CreateCustomer(context.Background(), newDebtor())
	require.NoError(t, err)
	require.Equal(t, "10061", customer.Number)
	require.Equal(t, "4711", customer.ExternalNumber)
}

func TestCreate_WhatBreaksTheSchemaNeverLeaves(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 41)
	change := func(f domain.Field) func(domain.Draft) domain.Draft {
		return func(d domain.Draft) domain.Draft {
			for i := range d.Fields {
				if d.Fields[i].Name == f.Name {
					d.Fields[i] = f
					return d
				}
			}
			d.Fields = append(d.Fields, f)
			return d
		}
	}
	for name, c := range map[string]struct {
		draft domain.Draft
		code  string
		rule  string
	}{
		"text too long":           {change(text("COMMENT1", long))(smallOrder()), "field_rules", "COMMENT1: is longer than 40 characters"},
		"a number for text":       {change(number("RPL_INV", "1"))(smallOrder()), "field_rules", "RPL_INV: must be a text"},
		"no debtor":               {change(text("RPL_INV", ""))(smallOrder()), "field_rules", "RPL_INV: is required"},
		"a line without article":  {domain.Draft{Key: "2026.123", Fields: smallOrder().Fields, Lines: []domain.Draft{line(number("ORD_QTY", "1"))}}, "field_rules", "line 1 ART_CODE: is required"},
		"an order without our id": {change(text("COMMENT1", " "))(smallOrder()), "reference_required", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t, always(201, `{"SO_HDR":[{"ORD_NR":"1"}]}`))
			_, err := f.books(t).CreateOrder(context.Background(), c.draft)
			got := requireFault(t, err, fault.Invalid, c.code)
			require.Contains(t, got.Op, c.rule)
			require.Equal(t, "2026.123", got.Key)
			require.NotContains(t, err.Error(), long)
			require.Empty(t, f.calls("accountviewdata"))
		})
	}
}

func TestUpdateCustomer_RefusesKeysAndWhatTheBooksKeepThemselves(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(200, `{"CONTACT":[]}`))
	b := f.books(t)
	for _, field := range []domain.Field{text("SUB_NR", "10002"), day("CNG_DATE", "2026-01-01"), text("ACCT_NAME", strings.Repeat("x", 41))} {
		err := b.UpdateCustomer(context.Background(), "10001", domain.Draft{Fields: []domain.Field{field}})
		require.Contains(t, requireFault(t, err, fault.Invalid, "field_rules").Op, field.Name)
	}
	requireFault(t, b.UpdateCustomer(context.Background(), " ", phoneOnly()), fault.Invalid, "number_required")
	require.NoError(t, b.UpdateCustomer(context.Background(), "10001", domain.Draft{}))
	require.Empty(t, f.calls("accountviewdata"))
}

func TestCreateCustomer_NumberingSaysWhetherANumberIsNeeded(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(201, `{"CONTACT":[{"SUB_NR":"10061"}]}`))
	b := f.books(t, func(s *Settings) { s.DebtorNumbering = NumberingClient })
	_, err := b.CreateCustomer(context.Background(), newDebtor())
	require.Contains(t, requireFault(t, err, fault.Invalid, "field_rules").Op, "SUB_NR: is required")

	draft := newDebtor()
	draft.Fields = append(draft.Fields, text("SUB_NR", "10061"))
	_, err = b.CreateCustomer(context.Background(), draft)
	require.NoError(t, err)
}

func TestOverflow_CutsProseButNoCodeKeyOrAddress(t *testing.T) {
	t.Parallel()
	f := newFake(t, always(201, `{"CONTACT":[{"SUB_NR":"10061"}]}`))
	b := f.books(t, func(s *Settings) { s.Overflow = OverflowCut })
	draft := newDebtor()
	draft.Fields[0] = text("ACCT_NAME", strings.Repeat("é", 39)+" en zonen")
	_, err := b.CreateCustomer(context.Background(), draft)
	require.NoError(t, err)
	require.Contains(t, f.calls("accountviewdata")[0].body, `"`+strings.Repeat("é", 39)+`"`)
	require.Equal(t, strings.Repeat("é", 39)+" en zonen", draft.Fields[0].Value.Text, "the caller's draft stays as it is")

	for _, field := range []domain.Field{
		text("SRC_CODE", strings.Repeat("X", 11)), text("DEB_NR", "12345678901"), text("MAIL_BUS", strings.Repeat("x", 45)+"@a.example"),
	} {
		draft := newDebtor()
		for i := range draft.Fields {
			if draft.Fields[i].Name == field.Name {
				draft.Fields[i] = field
			}
		}
		_, err := b.CreateCustomer(context.Background(), draft)
		requireFault(t, err, fault.Invalid, "field_rules")
	}
}

func TestCreateOrder_MoreLinesThanOneCallHoldsWhereOrdersMayNotBeChanged(t *testing.T) {
	t.Parallel()
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasSuffix(r.URL.Path, "businessobjects"):
			reply(w, 200, `[{"Code":"SO1","UpdateAllowed":false}]`)
		case r.Method == http.MethodGet:
			reply(w, 200, `{"SO_HDR":[]}`)
		default:
			reply(w, 201, `{"SO_HDR":[{"ORD_NR":"1"}]}`)
		}
	})
	draft := smallOrder()
	for range 200 {
		draft.Lines = append(draft.Lines, draft.Lines[0])
	}
	_, err := f.books(t, func(s *Settings) { s.OrderLineBatch = 100 }).CreateOrder(context.Background(), draft)
	requireFault(t, err, fault.Invalid, "too_many_lines")
	require.Len(t, f.calls("accountviewdata"), 1, "a look for a part")

	_, err = f.books(t).CreateOrder(context.Background(), draft)
	require.NoError(t, err)
	require.Len(t, f.calls("accountviewdata"), 2)
}

// Property: whatever the amount, the number on the wire is the same number, not
// a float near it.
func TestWireValue_WritesDecimalsDigitForDigit(t *testing.T) {
	t.Parallel()
	for _, n := range []string{"0.1", "0.30000000000000004", "12345678901234567890.1234", "-0.0001", "1000000", "9007199254740993"} {
		d := decimal.RequireFromString(n)
		body, err := json.Marshal(wireValue(domain.NumberValue(d)))
		require.NoError(t, err)
		require.Equal(t, n, string(body))
	}
}
