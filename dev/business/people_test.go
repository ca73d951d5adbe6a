package business

import (
	"fmt"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/server/api"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// What people do between the chapters of a story: at the till, in the books, and
// with Koppel.

// text is a field of text that somebody types in the books.
func text(name, value string) outside.Column {
	return outside.Column{Name: name, Letter: "C", Value: value}
}

// types changes fields of a debtor in the books.
func types(debtor string, columns ...outside.Column) func(*visit) {
	return func(v *visit) {
		_, err := v.books.Change(v.Context(), "AR1", "CONTACT", append([]outside.Column{text("SUB_NR", debtor)}, columns...)...)
		require.NoError(v, err)
	}
}

// keepsAddress gives a debtor a delivery address in the books.
func keepsAddress(debtor, name, street, postcode, city, country string) func(*visit) {
	return func(v *visit) {
		_, err := v.books.Enter(v.Context(), "ADDR", "DEL_ADDR", []outside.Column{
			text("SUB_NR", debtor), text("DEL_NAME", name), text("ADDRESS1", street), text("POST_CODE", postcode), text("CITY", city), text("CNT_CODE", country),
		}, "")
		require.NoError(v, err)
	}
}

// newAtTill makes an article that only the till knows.
func newAtTill(number int64) func(*visit) {
	return func(v *visit) { require.NoError(v, v.till.NewArticle(v.Context(), number)) }
}

// arrives makes an article that the till knows known to the books.
func arrives(number int64) func(*visit) {
	return func(v *visit) { v.enterArticle(fmt.Sprint(number)) }
}

// enterArticle makes an article known to the books.
func (f *floor) enterArticle(code string) {
	f.Helper()
	_, err := f.books.Enter(f.Context(), "AK1", "ARTICLE", []outside.Column{
		text("ART_CODE", code), text("ART_DESC1", "Gieter"), text("VAT_CODE", "1"), text("UNT_CODE", "STUK"),
	}, "")
	require.NoError(f, err)
}

// changes saves the sale anew; what the change leaves out stays.
func changes(s sale) func(*visit) {
	return func(v *visit) {
		require.NoError(v, v.till.Change(v.Context(), v.as(), v.order.ID, s))
	}
}

// isSavedAgain saves the sale as it is.
func isSavedAgain(v *visit) {
	require.NoError(v, v.till.Post(v.Context(), "/_sandbox/orders/"+v.order.OrderID+"/save", struct{}{}, nil))
}

// isCancelled cancels the sale at the till.
func isCancelled(v *visit) { require.NoError(v, v.till.Cancel(v.Context(), v.order.OrderID)) }

// isEnrolled makes a customer known to the till; all sales to the same customer
// are one customer's.
func isEnrolled(c *outside.Customer) func(*visit) {
	return func(v *visit) {
		if v.enrolled[c] == 0 {
			var made struct {
				RelationNumber int64 `json:"relation_number"`
			}
			require.NoError(v, v.till.Post(v.Context(), "/_sandbox/relations", c, &made))
			v.enrolled[c] = made.RelationNumber
		}
		v.sale.RelationNumber = v.enrolled[c]
	}
}

// isRetried asks for another attempt, as koppel parked retry does. A sale that went
// on by itself needs none.
func isRetried(v *visit) {
	rows, err := v.stack.App.Parked(v.Context(), app.ParkedOf{Integration: v.shop.Integration, Numbers: []string{v.number}})
	require.NoError(v, err)
	for _, err := range v.stack.App.Retry(v.Context(), rows, false, "test") {
		if err != nil {
			require.ErrorContains(v, err, "is not parked", v.story.name)
		}
	}
}

// waitsAgain waits until so many attempts have ended and a person is waited for.
func waitsAgain(attempts int) func(*visit) {
	return func(v *visit) {
		eventually(v.t, func() (string, bool) {
			var progress workflows.Progress
			answer, err := v.stack.App.Temporal.QueryWorkflow(v.Context(), workflows.OrderWorkflowID(v.shop.Integration, v.order.OrderID), "", workflows.QueryProgress)
			require.NoError(v, err)
			require.NoError(v, answer.Get(&progress))
			if progress.Attempt < attempts || !progress.Waiting {
				return fmt.Sprintf("%+v", progress), false
			}
			return "", false
		})
	}
}

// isSkipped ends a parked sale, as koppel parked skip does.
func isSkipped(reason string) func(*visit) {
	return func(v *visit) {
		rows, err := v.stack.App.Parked(v.Context(), app.ParkedOf{Integration: v.shop.Integration, Numbers: []string{v.number}})
		require.NoError(v, err)
		require.Len(v, rows, 1, v.story.name)
		require.NoError(v, v.stack.App.Skip(v.Context(), rows[0], reason, "test"))
	}
}

// applied puts a document in force that differs from the one before.
func applied(adapt func(*settings.Document)) func(*visit) {
	return func(v *visit) {
		version, err := v.stack.App.Documents.Current(v.Context(), v.shop.Integration)
		require.NoError(v, err)
		stored, err := v.stack.App.Documents.Get(v.Context(), v.shop.Integration, version)
		require.NoError(v, err)
		doc, err := settings.Parse(stored)
		require.NoError(v, err)
		adapt(&doc)
		changed, err := settings.Marshal(doc)
		require.NoError(v, err)
		done, err := v.stack.App.Apply(v.Context(), api.Change{Text: changed, Author: "bookkeeper", Note: v.story.name})
		require.NoError(v, err)
		require.NoError(v, done.Schedules)
	}
}

// all does one thing after the other.
func all(things ...func(*visit)) func(*visit) {
	return func(v *visit) {
		for _, do := range things {
			do(v)
		}
	}
}

// rings rings up a sale beside that of the story.
func (v *visit) rings(as string, s sale) outside.Saved {
	v.Helper()
	saved, err := v.till.RingUp(v.Context(), as, s)
	require.NoError(v, err)
	return saved
}

// isEntered types the sale into the books by hand, under our reference: one piece
// of an article.
func isEntered(debtor, article string) func(*visit) {
	return func(v *visit) {
		_, err := v.books.Enter(v.Context(), "SO1", "SO_HDR", []outside.Column{text("RPL_INV", debtor), text("COMMENT1", v.reference())},
			"SO_LINE", []outside.Column{text("ART_CODE", article), {Name: "ORD_QTY", Letter: "N", Value: 1}})
		require.NoError(v, err)
	}
}

// isDelivered delivers and invoices the order in the books: it becomes history.
func isDelivered(v *visit) {
	for _, d := range v.documentsOf()[v.reference()] {
		_, _, err := v.books.Send(v.Context(), "POST", "/_sandbox/history", []byte(`{"orders":["`+d.header["ORD_NR"]+`"]}`), nil)
		require.NoError(v, err)
	}
}

// koppelLooks has it looked which parked sales can go on, as the schedule does.
func koppelLooks(v *visit) {
	v.Helper()
	trigger(v.T, v.stack, workflows.FlowWake, v.shop.Integration)
}
