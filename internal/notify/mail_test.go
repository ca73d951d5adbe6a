package notify_test

import (
	"crypto/tls"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/notify"
)

var at = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func notice() domain.Notice {
	return domain.Notice{
		ID: "3f2a", Integration: "shop", Channel: "desk", At: at, Page: "https://koppel.example.nl/#shop", StillOpen: 2,
		News: []domain.Incident{
			{Topic: domain.TopicParked, Flow: "orders", Code: "product_missing", Records: 5000, Cents: 6050000, Numbers: []string{"2026.1", "2026.2"}, Oldest: at.Add(-3 * time.Hour)},
			{Topic: domain.TopicPaused, Flow: "orders", Code: "till_credentials_refused"},
		},
		Solved: []domain.Incident{{Topic: domain.TopicDoubles, Flow: "doubles", Code: "order_double"}},
	}
}

func TestEmail_TellsEachRecipientApartUnderOneID(t *testing.T) {
	t.Parallel()
	for _, fromStart := range []bool{false, true} {
		server := newMailServer(t, func(s *mailServer) { s.password, s.fromStart = "hunter2", fromStart })
		sender := server.sender()
		sender.Mail.User, sender.Mail.Password = "koppel", "hunter2"
		taken, err := sender.Email(t.Context(), []string{"anna@example.nl", "bram@example.nl"}, notice())
		require.NoError(t, err)
		require.Equal(t, 2, taken)
		letters := server.received()
		require.Len(t, letters, 2)
		for i, to := range []string{"anna@example.nl", "bram@example.nl"} {
			require.Equal(t, to, letters[i].to)
			header := letters[i].message.Header
			require.Equal(t, "<3f2a@example.nl>", header.Get("Message-ID"))
			require.Equal(t, "3f2a", header.Get(notify.HeaderDelivery))
			require.Equal(t, "[Koppel] shop: 5000 records wait for a person, and 1 more", header.Get("Subject"))
			require.Equal(t, "<"+to+">", header.Get("To"))
			require.Contains(t, letters[i].body, "AccountView does not know these articles.")
		}
		require.NotContains(t, server.inTheClear(), "AUTH")
		require.NotContains(t, server.inTheClear(), "Subject")
	}
}

func TestEmail_OneAddressThatIsRefusedKeepsNoOtherFromBeingTold(t *testing.T) {
	t.Parallel()
	server := newMailServer(t, func(s *mailServer) { s.refuses["gone@example.nl"] = true })
	taken, err := server.sender().Email(t.Context(), []string{"gone@example.nl", "bram@example.nl"}, notice())
	require.Equal(t, 1, taken)
	require.Equal(t, "mail_refused", codeOf(t, err, fault.Rejected))
	require.Equal(t, "bram@example.nl", server.received()[0].to)
}

func TestEmail_SaysWhyItCannotBeSentAndNamesNobody(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		adapt func(*mailServer)
		send  func(*notify.Sender)
		kind  fault.Kind
		code  string
	}{
		"no server":           {send: func(s *notify.Sender) { s.Mail.Host = "" }, kind: fault.Misconfigured, code: "mail_not_set_up"},
		"nobody listens":      {send: func(s *notify.Sender) { s.Mail.Port = 1 }, kind: fault.Unavailable, code: "mail_unavailable"},
		"wrong password":      {adapt: func(s *mailServer) { s.password = "other" }, send: func(s *notify.Sender) { s.Mail.User, s.Mail.Password = "koppel", "hunter2" }, kind: fault.Unauthorized, code: "mail_login"},
		"unknown certificate": {send: func(s *notify.Sender) { s.Mail.TLS = &tls.Config{MinVersion: tls.VersionTLS12} }, kind: fault.Misconfigured, code: "mail_insecure"},
		"no TLS":              {adapt: func(s *mailServer) { s.noTLS = true }, kind: fault.Misconfigured, code: "mail_insecure"},
		"busy":                {adapt: func(s *mailServer) { s.busy = true }, kind: fault.Unavailable, code: "mail_unavailable"},
		"refused":             {adapt: func(s *mailServer) { s.refuses["anna@example.nl"] = true }, kind: fault.Rejected, code: "mail_refused"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := newMailServer(t, c.adapt)
			sender := server.sender()
			if c.send != nil {
				c.send(sender)
			}
			taken, err := sender.Email(t.Context(), []string{"anna@example.nl"}, notice())
			require.Zero(t, taken)
			require.Equal(t, c.code, codeOf(t, err, c.kind))
			require.NotContains(t, err.Error(), "anna")
			require.NotContains(t, err.Error(), "hunter2")
			require.Empty(t, server.received())
		})
	}
}

func codeOf(t *testing.T, err error, kind fault.Kind) string {
	t.Helper()
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	require.Equal(t, kind, f.Kind, f.Detail())
	require.NotContains(t, domain.ReasonFor(f.Code).Words, "nobody foresaw")
	return f.Code
}
