package accountview

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

func TestRehearse_RefusesWhatTheWriteWouldRefuseAndSendsNothing(t *testing.T) {
	t.Parallel()
	f := newFake(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "businessobjects") {
			reply(w, http.StatusOK, `[{"Code":"SO1","UpdateAllowed":false}]`)
			return
		}
		reply(w, http.StatusOK, `{}`)
	})
	b := f.books(t, func(s *Settings) { s.OrderLineBatch = 1 })
	ctx := context.Background()
	order := domain.Draft{Entity: domain.EntityOrder, Key: "2026.1", Fields: []domain.Field{
		text("RPL_INV", "10001"), text("RPL_DEL", "10001"), text("COMMENT1", "MPLUS 2026.1"),
	}}

	ready, err := b.RehearseCreate(ctx, order)
	require.NoError(t, err)
	require.Len(t, ready.Fields, 3)
	nameless := order
	nameless.Fields = order.Fields[:2]
	_, err = b.RehearseCreate(ctx, nameless)
	requireFault(t, err, fault.Invalid, "reference_required")
	long := order
	long.Lines = []domain.Draft{{Fields: []domain.Field{text("ART_CODE", "1"), number("ORD_QTY", "1")}}, {Fields: []domain.Field{text("ART_CODE", "2"), number("ORD_QTY", "1")}}}
	_, err = b.RehearseCreate(ctx, long)
	requireFault(t, err, fault.Invalid, "too_many_lines")
	unheard := domain.Draft{Entity: domain.EntityCustomer, Key: "77", Fields: []domain.Field{text("NO_SUCH", "x")}}
	_, err = b.RehearseUpdate(ctx, unheard)
	_, writing := b.fitChange(ctx, debtorTarget, unheard)
	require.Equal(t, writing, err, "as the write itself")
	_, err = b.RehearseCreate(ctx, domain.Draft{Entity: domain.EntityProduct})
	require.Error(t, err)
	require.Empty(t, f.calls("accountviewdata"))
}

func TestRehearse_NamesTheFieldOfEachKey(t *testing.T) {
	t.Parallel()
	b := newFake(t, always(200, `{}`)).books(t)
	for by, want := range map[connectors.CustomerKey]string{
		connectors.ByNumber: "SUB_NR", connectors.ByExternalNumber: "DEB_NR", connectors.ByVATNumber: "VAT_NR", connectors.ByEmail: "MAIL_BUS",
	} {
		field, err := b.CustomerField(by)
		require.NoError(t, err)
		require.Equal(t, want, field)
	}
}
