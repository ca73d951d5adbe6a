package notify

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
	"github.com/koppel/koppel/internal/secret"
)

// Headers that a message carries. It is signed as messages to our own webhooks are.
const (
	// HeaderDelivery holds the ID of the message: a receiver that has seen it can drop a repeat.
	HeaderDelivery = "X-Koppel-Delivery"
	// HeaderTimestamp holds when it was signed, in Unix seconds.
	HeaderTimestamp = "X-Koppel-Timestamp"
	// HeaderSignature holds "sha256=" and the signature in hex.
	HeaderSignature = "X-Koppel-Signature"
)

// mostAnswer is how much of an answer is read.
const mostAnswer = 64 << 10

// Body is a message as a webhook receives it.
type Body struct {
	ID          string  `json:"id"`
	Integration string  `json:"integration"`
	Channel     string  `json:"channel"`
	At          string  `json:"at"` // RFC 3339, UTC
	Test        bool    `json:"test"`
	Subject     string  `json:"subject"`
	Text        string  `json:"text"` // the whole message, in plain words
	News        []Cause `json:"news"`
	Solved      []Cause `json:"solved"`
	StillOpen   int     `json:"still_open"`
	Page        string  `json:"page,omitempty"`
}

// Cause is one incident of a message.
type Cause struct {
	Topic   string   `json:"topic"`
	Flow    string   `json:"flow"`
	Code    string   `json:"code"`
	Subject string   `json:"subject,omitempty"`
	Words   string   `json:"words"`
	Fix     string   `json:"fix"`
	Records int64    `json:"records"`
	Euros   string   `json:"euros"`
	Oldest  string   `json:"oldest,omitempty"` // RFC 3339, UTC
	Numbers []string `json:"numbers"`
}

func bodyOf(n domain.Notice) Body {
	return Body{
		ID: n.ID, Integration: n.Integration, Channel: n.Channel, At: n.At.UTC().Format(time.RFC3339), Test: n.Test,
		Subject: Subject(n), Text: Text(n), News: causesOf(n.News), Solved: causesOf(n.Solved), StillOpen: n.StillOpen, Page: n.Page,
	}
}

func causesOf(incidents []domain.Incident) []Cause {
	causes := make([]Cause, len(incidents))
	for i, incident := range incidents {
		reason := incident.Reason()
		causes[i] = Cause{
			Topic: incident.Topic, Flow: incident.Flow, Code: incident.Code, Subject: incident.Subject, Words: reason.Words, Fix: reason.Fix,
			Records: incident.Records, Euros: domain.Euros(incident.Cents).StringFixed(2), Numbers: append([]string{}, incident.Numbers...),
		}
		if incident.Records > 0 {
			causes[i].Oldest = incident.Oldest.UTC().Format(time.RFC3339)
		}
	}
	return causes
}

func post(ctx context.Context, client *httpx.Client, address, key secret.Text, notice domain.Notice) error {
	const op = "alert POST webhook"
	if key == "" {
		return fault.New(fault.Misconfigured, "channel_no_secret", op).About(notice.Channel)
	}
	body, err := json.Marshal(bodyOf(notice))
	if err != nil {
		return fmt.Errorf("encode a message: %w", err)
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	answer, err := client.Do(ctx, httpx.Call{
		Op: "POST webhook", Write: true, Method: http.MethodPost, URL: address.Reveal(), Body: body,
		Header: http.Header{
			"Content-Type": {"application/json"}, "User-Agent": {"Koppel"}, HeaderDelivery: {notice.ID}, HeaderTimestamp: {timestamp},
			HeaderSignature: {"sha256=" + hex.EncodeToString(secret.Signature(key, timestamp, body))},
		},
	})
	if f, ok := fault.As(err); ok && f.Kind.Retryable() {
		return fault.New(fault.Unavailable, "hook_unavailable", op).About(notice.Channel).After(f.RetryAfter).Because(err)
	}
	switch {
	case err != nil, answer.Status >= 300 && answer.Status < 500:
		return fault.New(fault.Rejected, "hook_refused", op).About(notice.Channel).WithDetail(fmt.Sprintf("status %d", answer.Status)).Because(err)
	case answer.Status >= 500:
		return fault.New(fault.Unavailable, "hook_unavailable", op).About(notice.Channel).WithDetail(fmt.Sprintf("status %d", answer.Status))
	default:
		return nil
	}
}
