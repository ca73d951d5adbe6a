package notify_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"io"
	"math/big"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/notify"
)

// mailServer is a mail server on this machine, as small as one can be.
type mailServer struct {
	t         *testing.T
	listener  net.Listener
	trust     *tls.Config // for who speaks to it
	tls       *tls.Config
	fromStart bool            // TLS from the first byte
	noTLS     bool            // it cannot do TLS
	password  string          // empty: nobody logs in
	refuses   map[string]bool // recipients
	busy      bool            // it takes nothing now

	mu      sync.Mutex
	letters []letter
	talk    strings.Builder // all that was said in the clear
}

// letter is a message that was taken.
type letter struct {
	to      string
	message *mail.Message
	body    string
}

func newMailServer(t *testing.T, adapt func(*mailServer)) *mailServer {
	t.Helper()
	s := &mailServer{t: t, refuses: map[string]bool{}}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"localhost"}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	certificate, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(certificate)
	s.trust = &tls.Config{RootCAs: pool, MinVersion: tls.VersionTLS12}
	s.tls = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	if adapt != nil {
		adapt(s)
	}
	s.listener, err = net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	var serving sync.WaitGroup
	serving.Go(func() {
		for {
			conn, err := s.listener.Accept()
			if err != nil {
				return
			}
			serving.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = s.listener.Close(); serving.Wait() })
	return s
}

func (s *mailServer) sender() *notify.Sender {
	security := notify.StartTLS
	if s.fromStart {
		security = notify.TLS
	}
	return &notify.Sender{Timeout: 5 * time.Second, Mail: notify.Mail{
		Host: "localhost", Port: s.listener.Addr().(*net.TCPAddr).Port, Security: security, From: "koppel@example.nl", TLS: s.trust,
	}}
}

func (s *mailServer) received() []letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]letter{}, s.letters...)
}

func (s *mailServer) inTheClear() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.talk.String()
}

func (s *mailServer) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	secure := false
	if s.fromStart {
		conn, secure = tls.Server(conn, s.tls), true
	}
	lines := bufio.NewReader(conn)
	say := func(format string, args ...any) { fmt.Fprintf(conn, format+"\r\n", args...) }
	say("220 localhost")
	to := ""
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		if !secure {
			s.mu.Lock()
			s.talk.WriteString(line)
			s.mu.Unlock()
		}
		line = strings.TrimSpace(line)
		switch verb := strings.ToUpper(line[:min(4, len(line))]); {
		case verb == "EHLO":
			say("250-localhost")
			if !secure && !s.noTLS {
				say("250-STARTTLS")
			}
			if s.password != "" {
				say("250-AUTH PLAIN")
			}
			say("250 HELP")
		case verb == "STAR":
			say("220 go on")
			conn = tls.Server(conn, s.tls)
			lines, secure = bufio.NewReader(conn), true
		case verb == "AUTH":
			given, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(line, "AUTH PLAIN "))
			if string(given) != "\x00koppel\x00"+s.password {
				say("535 5.7.8 refused")
				continue
			}
			say("235 welcome")
		case verb == "MAIL" && s.busy:
			say("451 4.3.2 come back later")
		case verb == "RCPT":
			to = strings.Trim(strings.TrimPrefix(strings.ToUpper(line), "RCPT TO:"), "<>")
			to = strings.ToLower(to)
			if s.refuses[to] {
				say("550 5.1.1 <%s> is not known here", to)
				continue
			}
			say("250 ok")
		case verb == "DATA":
			say("354 go on")
			var text strings.Builder
			for {
				part, err := lines.ReadString('\n')
				if err != nil {
					return
				}
				if part == ".\r\n" {
					break
				}
				text.WriteString(strings.TrimPrefix(part, "."))
			}
			s.take(to, text.String())
			say("250 taken")
		case verb == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (s *mailServer) take(to, text string) {
	message, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		s.t.Errorf("a message that cannot be read: %v", err)
		return
	}
	body, err := io.ReadAll(message.Body)
	if err != nil {
		s.t.Errorf("a message that cannot be read: %v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.letters = append(s.letters, letter{to: to, message: message, body: string(body)})
}
