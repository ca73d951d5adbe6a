package activities

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/sdk/activity"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/settings"
)

// SendAlertInput names the integration and what to send.
type SendAlertInput struct {
	Integration string
	Delivery    Delivery
	Document    int // version that the run goes by; 0: the one in force
}

// SendAlertResult says whether somebody was reached.
type SendAlertResult struct {
	Sent bool // false: the document no longer has this channel
}

// SendAlert sends one message through one channel and notes that it was told. If
// the note is lost the message is sent again, under the same ID.
func (a *Alerts) SendAlert(ctx context.Context, in SendAlertInput) (SendAlertResult, error) {
	var out SendAlertResult
	err := a.sendAlert(ctx, in, &out)
	return out, a.fail(ctx, in.Integration, err)
}

func (a *Alerts) sendAlert(ctx context.Context, in SendAlertInput, out *SendAlertResult) error {
	doc, err := a.Documents.ofRun(ctx, in.Integration, in.Document)
	if err != nil {
		return err
	}
	channel := channelNamed(doc, in.Delivery.Channel)
	if channel == nil {
		return nil
	}
	notice, err := a.notice(ctx, in)
	if err != nil {
		return err
	}
	reached, sendErr := a.Telling.send(ctx, in.Integration, *channel, notice)
	if reached == 0 && sendErr != nil {
		return sendErr
	}
	out.Sent = true
	return a.told(context.WithoutCancel(ctx), in, sendErr)
}

// notice reads how the incidents stand at the moment of sending.
func (a *Alerts) notice(ctx context.Context, in SendAlertInput) (domain.Notice, error) {
	n := domain.Notice{ID: in.Delivery.ID, At: a.Now()}
	rows, err := db.Q.IncidentGetAll(ctx, a.DB, store.IncidentGetAllParams{
		Integration: in.Integration, Ids: slices.Concat(in.Delivery.News, in.Delivery.Solved),
	})
	if err != nil {
		return n, fmt.Errorf("read the incidents: %w", err)
	}
	for _, row := range rows {
		incident := domain.Incident{
			Topic: row.Topic, Flow: row.Flow, Code: row.Code, Subject: row.Subject,
			Records: row.Records, Cents: row.TotalCents, Numbers: row.Numbers, Oldest: row.OldestAt,
		}
		if slices.Contains(in.Delivery.Solved, row.ID) {
			n.Solved = append(n.Solved, incident)
		} else {
			n.News = append(n.News, incident)
		}
	}
	known, err := db.Q.IncidentListTold(ctx, a.DB, in.Integration)
	if err != nil {
		return n, fmt.Errorf("list who was told: %w", err)
	}
	for _, t := range known {
		if t.Channel == in.Delivery.Channel && !slices.Contains(in.Delivery.Solved, t.Incident) && !slices.Contains(in.Delivery.News, t.Incident) {
			n.StillOpen++
		}
	}
	return n, nil
}

// told notes what the channel knows now. A channel that reached some recipients
// and not others is noted as one that fails: but the others know.
func (a *Alerts) told(ctx context.Context, in SendAlertInput, failed error) error {
	channel := in.Delivery.Channel
	err := a.inTx(ctx, func(tx pgx.Tx) error {
		return errors.Join(
			db.Q.IncidentTold(ctx, tx, store.IncidentToldParams{Channel: channel, Ids: in.Delivery.News}),
			db.Q.IncidentToldSolved(ctx, tx, store.IncidentToldSolvedParams{Channel: channel, Ids: in.Delivery.Solved}),
		)
	})
	if err != nil {
		return fmt.Errorf("note what was told: %w", err)
	}
	if f, ok := fault.As(failed); ok {
		return a.channelFails(ctx, in.Integration, channel, f.Code)
	}
	err = db.Q.IncidentCloseOf(ctx, a.DB, store.IncidentCloseOfParams{Integration: in.Integration, Topic: domain.TopicChannel, Subject: channel})
	if err != nil {
		return fmt.Errorf("close the incident of a channel: %w", err)
	}
	return nil
}

// NoteChannelInput names a channel that could not be reached, and why.
type NoteChannelInput struct {
	Integration string
	Channel     string
	Failure     Failure
}

// NoteChannel makes a channel that fails an incident of its own: the other
// channels are told, and the status page shows it.
func (a *Alerts) NoteChannel(ctx context.Context, in NoteChannelInput) error {
	return a.failButTryOn(ctx, in.Integration, a.channelFails(ctx, in.Integration, in.Channel, in.Failure.Code))
}

func (a *Alerts) channelFails(ctx context.Context, integration, channel, code string) error {
	activity.GetLogger(ctx).Warn("an alert channel fails", "integration", integration, "flow", domain.FlowAlerts, "ref", channel, "code", code)
	err := db.Q.IncidentOpen(ctx, a.DB, store.IncidentOpenParams{
		Integration: integration, Flow: domain.FlowAlerts, Code: code, Subject: channel, Topic: domain.TopicChannel,
	})
	if err != nil {
		return fmt.Errorf("note that a channel fails: %w", err)
	}
	return nil
}

func channelNamed(doc *Document, name string) *settings.AlertChannel {
	at := slices.IndexFunc(doc.Alerts.Channels, func(c settings.AlertChannel) bool { return c.Name == name })
	if at < 0 {
		return nil
	}
	return &doc.Alerts.Channels[at]
}

func isNoSecret(err error) bool { return errors.Is(err, db.ErrNoSecret) }
