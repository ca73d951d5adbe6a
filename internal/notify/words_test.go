package notify_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/notify"
)

func TestText_SaysWhatHappenedToHowMuchAndWhatToDo(t *testing.T) {
	t.Parallel()
	require.Equal(t, `Koppel, integration shop.

NEW

orders: 5000 records wait for a person
AccountView does not know these articles. (product_missing)
Together EUR 60500.00. The oldest waits 3 hours.
Numbers: 2026.1, 2026.2 and 4998 more
What to do: Create the articles in AccountView: the order then goes on by itself. Or sell another article: change the order at the till, or edit it with koppel parked fix.

orders: the flow orders is stopped
MplusKASSA refuses the credentials. (till_credentials_refused)
What to do: Check ident and secret: koppel secret set mplus.ident and mplus.secret. Then unpause the schedule.

SOLVED

doubles: AccountView holds more than one order with this reference.

Open still, from earlier messages: 2 causes.

How things stand: https://koppel.example.nl/#shop
`, notify.Text(notice()))
}

func TestSubject_IsTheMessageInOneLine(t *testing.T) {
	t.Parallel()
	one := domain.Incident{Topic: domain.TopicParked, Flow: "orders", Code: "vat_differs", Records: 1, Oldest: at.Add(-time.Minute)}
	for want, n := range map[string]domain.Notice{
		"[Koppel] shop: 1 record waits for a person":             {News: []domain.Incident{one}},
		"[Koppel] shop: the flow doubles is stopped":             {News: []domain.Incident{{Topic: domain.TopicPaused, Flow: "doubles"}}},
		"[Koppel] shop: 2 records stand in the books twice":      {News: []domain.Incident{{Topic: domain.TopicDoubles, Records: 2}}},
		"[Koppel] shop: the channel chat does not work":          {News: []domain.Incident{{Topic: domain.TopicChannel, Subject: "chat"}}},
		"[Koppel] shop: 1 thing is solved":                       {Solved: []domain.Incident{one}},
		"[Koppel] shop: a test message":                          {Test: true},
		"[Koppel] shop: 1 record waits for a person, and 1 more": {News: []domain.Incident{one, one}, Solved: []domain.Incident{one}},
	} {
		n.Integration = "shop"
		require.Equal(t, want, notify.Subject(n))
	}
}
