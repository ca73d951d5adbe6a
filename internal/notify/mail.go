package notify

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net/textproto"
	"strings"

	"github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// Email sends a message to each recipient apart: one whose address is refused
// keeps no other from being told, and nobody reads who else is. It gives how many
// the mail server took; with an error that is not all of them.
func (s *Sender) Email(ctx context.Context, to []string, notice domain.Notice) (taken int, err error) {
	if s.Mail.Host == "" {
		return 0, mailFault(fault.Misconfigured, "mail_not_set_up", notice, nil)
	}
	client, err := s.mailClient()
	if err != nil {
		return 0, mailFault(fault.Misconfigured, "mail_insecure", notice, err)
	}
	messages := make([]*mail.Msg, len(to))
	for i, address := range to {
		if messages[i], err = s.message(address, notice); err != nil {
			return 0, mailFault(fault.Misconfigured, "mail_refused", notice, err)
		}
	}
	connection, err := client.DialToSMTPClientWithContext(ctx)
	if err != nil {
		return 0, dialFault(notice, err)
	}
	defer func() { _ = client.CloseWithSMTPClient(connection) }() // what was taken is taken
	err = client.SendWithSMTPClient(connection, messages...)
	for _, message := range messages {
		if message.IsDelivered() {
			taken++
		}
	}
	if taken == len(messages) {
		return taken, nil
	}
	return taken, sendFault(notice, err)
}

func (s *Sender) mailClient() (*mail.Client, error) {
	trust := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.Mail.TLS != nil {
		trust = s.Mail.TLS.Clone()
	}
	trust.ServerName = s.Mail.Host
	options := []mail.Option{mail.WithPort(s.Mail.Port), mail.WithTimeout(s.timeout()), mail.WithTLSConfig(trust), mail.WithoutNoop()}
	switch s.Mail.Security {
	case TLS:
		options = append(options, mail.WithSSL())
	case Plain:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.Mail.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.Mail.User), mail.WithPassword(s.Mail.Password.Reveal()))
	}
	return mail.NewClient(s.Mail.Host, options...)
}

func (s *Sender) message(to string, notice domain.Notice) (*mail.Msg, error) {
	m := mail.NewMsg()
	if err := m.FromFormat("Koppel", s.Mail.From); err != nil {
		return nil, err
	}
	if err := m.To(to); err != nil {
		return nil, err
	}
	_, host, _ := strings.Cut(s.Mail.From, "@")
	m.SetMessageIDWithValue(notice.ID + "@" + host)
	m.SetGenHeader("Auto-Submitted", "auto-generated") // nobody's absence notice answers it
	m.SetGenHeader(HeaderDelivery, notice.ID)
	m.SetDateWithValue(notice.At)
	m.Subject(Subject(notice))
	m.SetBodyString(mail.TypeTextPlain, Text(notice))
	return m, nil
}

// mailFault keeps what the mail server said, which names recipients, out of the text.
func mailFault(kind fault.Kind, code string, notice domain.Notice, err error) error {
	f := fault.New(kind, code, "alert send mail").About(notice.Channel).Because(err)
	if err != nil {
		f = f.WithDetail(err.Error())
	}
	return f
}

// dialFault tells apart why no conversation with the mail server came about.
func dialFault(notice domain.Notice, err error) error {
	var answer *textproto.Error
	var record tls.RecordHeaderError
	var verification *tls.CertificateVerificationError
	var authority x509.UnknownAuthorityError
	switch {
	case errors.As(err, &answer) && (answer.Code == 530 || answer.Code == 534 || answer.Code == 535), errors.Is(err, mail.ErrNoSupportedAuthDiscovered):
		return mailFault(fault.Unauthorized, "mail_login", notice, err)
	case errors.As(err, &record), errors.As(err, &verification), errors.As(err, &authority), errors.Is(err, smtp.ErrUnencrypted),
		strings.Contains(err.Error(), "does not support STARTTLS"): // the library has no error of its own for it
		return mailFault(fault.Misconfigured, "mail_insecure", notice, err)
	case errors.As(err, &answer) && answer.Code >= 500:
		return mailFault(fault.Rejected, "mail_refused", notice, err)
	default:
		return mailFault(fault.Unavailable, "mail_unavailable", notice, err)
	}
}

func sendFault(notice domain.Notice, err error) error {
	if refused, ok := errors.AsType[*mail.SendError](err); ok && !refused.IsTemp() && refused.ErrorCode() >= 500 {
		return mailFault(fault.Rejected, "mail_refused", notice, err)
	}
	return mailFault(fault.Unavailable, "mail_unavailable", notice, fmt.Errorf("send: %w", err))
}
