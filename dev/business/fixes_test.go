package business

import (
	"encoding/json"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// fixes are parked sales that a person puts right without going back to the till.
var fixes = group{
	name:     "fixes",
	document: func(d *settings.Document) { d.Lookups["vat_code"] = domain.Lookup{Unmapped: domain.UnmappedPark} },
	stories: []story{
		{
			name: "a row that is missing, given with the order",
			sale: sale{RelationNumber: 2, Lines: oneSkillet},
			want: want{timeline: []string{"parked unmapped_vat_code"}, about: "vat_code 2"},
			then: []chapter{{
				name: "the row is added", do: isFixedByRow(activities.RowFix{Table: "vat_code", Row: domain.LookupRow{Key: []string{"2"}, Value: "1"}}),
				want: want{timeline: []string{"fixed row_added", "delivered"}, debtor: "10002", documents: skilletOrder},
			}},
		},
	},
}

// edited are parked sales that a person edits.
var edited = group{
	name: "edits",
	stories: []story{
		{
			name: "a country that nobody knows, and a person who does",
			sale: sale{Lines: oneSkillet, NewCustomer: &outside.Customer{
				Name: "Reiziger", Address: "Onderweg 1", Zipcode: "1000", City: "Bruxelles", Country: "Belgistan", Email: "reiziger@post.example",
			}},
			want: want{timeline: []string{"parked country_unknown"}},
			then: []chapter{{
				name: "the country is edited", do: isEdited(func(o *domain.Order) {
					o.Customer.Address.Country, o.InvoiceAddress.Country, o.DeliveryAddress.Country = "België", "België", "België"
				}),
				want: want{timeline: []string{"fixed sale_edited", "delivered"}, documents: skilletOrder, party: fields{
					"ACCT_NAME": "Reiziger", "SRC_CODE": "REIZIGER", "ADDRESS1": "Onderweg 1", "POST_CODE": "1000", "CITY": "Bruxelles", "CNT_CODE": "BE",
					"MAIL_BUS": "reiziger@post.example",
				}},
			}},
		},
	},
}

// isEdited lets an edited sale stand for the one that is parked.
func isEdited(edit func(*domain.Order)) func(*visit) {
	return func(v *visit) {
		row, err := db.Q.InboxGet(v.Context(), v.stack.App.DB, store.InboxGetParams{
			Integration: v.shop.Integration, Entity: string(domain.EntityOrder), SourceID: v.order.ID,
		})
		require.NoError(v, err)
		plain, err := v.stack.App.Payloads.Get(v.Context(), v.shop.Integration, db.PayloadRef{Month: row.PayloadMonth, ID: row.PayloadID})
		require.NoError(v, err)
		var kept struct{ Order domain.Order }
		require.NoError(v, json.Unmarshal(plain, &kept))
		edit(&kept.Order)
		v.fix(db.FixPayload, row.Marker, kept.Order)
	}
}

// isFixedByRow gives the document the row that a parked sale lacks.
func isFixedByRow(fix activities.RowFix) func(*visit) {
	return func(v *visit) {
		row, err := db.Q.InboxGet(v.Context(), v.stack.App.DB, store.InboxGetParams{
			Integration: v.shop.Integration, Entity: string(domain.EntityOrder), SourceID: v.order.ID,
		})
		require.NoError(v, err)
		v.fix(db.FixLookup, row.Marker, fix)
	}
}

// fix stores a fix, and lets it take effect by the Update that a person can type.
func (v *visit) fix(kind string, marker int64, content any) {
	v.Helper()
	text, err := json.Marshal(content)
	require.NoError(v, err)
	var id uuid.UUID
	id, err = db.Fixes{DB: v.stack.App.DB, Box: v.stack.App.Payloads.Box}.Put(v.Context(), store.FixPutParams{
		Integration: v.shop.Integration, Entity: string(domain.EntityOrder), SourceID: v.order.ID, Number: v.number, Kind: kind, Marker: marker, Author: "bookkeeper",
	}, text)
	require.NoError(v, err)
	handle, err := v.stack.App.Temporal.UpdateWorkflow(v.Context(), client.UpdateWorkflowOptions{
		WorkflowID: workflows.OrderWorkflowID(v.shop.Integration, v.order.ID), UpdateName: workflows.UpdateFix,
		Args: []any{workflows.FixOrder{FixID: id.String()}}, WaitForStage: client.WorkflowUpdateStageCompleted,
	})
	require.NoError(v, err)
	require.NoError(v, handle.Get(v.Context(), nil), v.story.name)
}
