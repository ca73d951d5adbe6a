package httpx_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

// causeAt is the code under which a call to the address ends. Credentials in the
// query must be in no text of it.
func causeAt(t *testing.T, address string, trusted *x509.CertPool) string {
	t.Helper()
	transport := &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{RootCAs: trusted}}
	client := httpx.New(httpx.Settings{System: "till", Transport: transport, Timeout: 3 * time.Second})
	_, err := client.Do(context.Background(), httpx.Call{
		Op: "op", Write: true, Method: http.MethodPost, URL: address + "/?ident=planted-ident&secret=planted-secret", Body: []byte("x"),
	})
	f, ok := fault.As(err)
	require.True(t, ok, "%v", err)
	for cause := err; cause != nil; {
		require.NotContains(t, cause.Error(), "planted")
		unwrapped, ok := cause.(interface{ Unwrap() error })
		if !ok {
			break
		}
		cause = unwrapped.Unwrap()
	}
	return f.Code
}

func TestCause_TheNetworkIsToldApart(t *testing.T) {
	t.Parallel()
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, closed.Close())
	require.Equal(t, "connection_refused", causeAt(t, "https://"+closed.Addr().String(), nil))
}

// What a name server says depends on the machine, so it is said for it, as the
// standard library does.
func TestCause_TheNameIsToldApart(t *testing.T) {
	t.Parallel()
	for code, said := range map[string]*net.DNSError{
		"name_not_found":     {Err: "no such host", Name: "till.invalid", IsNotFound: true},
		"name_server_silent": {Err: "i/o timeout", Name: "till.invalid", IsTimeout: true},
	} {
		transport := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
			return nil, &net.OpError{Op: "dial", Net: "tcp", Err: said}
		}}
		client := httpx.New(httpx.Settings{System: "till", Transport: transport})
		_, err := client.Do(context.Background(), httpx.Call{Op: "op", Method: http.MethodGet, URL: "https://till.invalid/?secret=planted"})
		f, ok := fault.As(err)
		require.True(t, ok)
		require.Equal(t, code, f.Code)
		require.NotContains(t, err.Error(), "planted")
	}
}

func TestCause_APortOfAnotherProtocol(t *testing.T) {
	t.Parallel()
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }))
	t.Cleanup(plain.Close)
	require.Equal(t, "not_tls", causeAt(t, "https://"+plain.Listener.Addr().String(), nil))
	require.Equal(t, "not_http", causeAt(t, "http://"+talker(t, "SSH-2.0-OpenSSH_9.6\r\n"), nil))
	require.Equal(t, "not_tls", causeAt(t, "https://"+talker(t, "SSH-2.0-OpenSSH_9.6\r\n"), nil))
}

// talker says the same to whoever speaks to it, whatever they say. One that speaks
// first may be taken for one that broke the connection off: it depends on who is
// quicker.
func talker(t *testing.T, words string) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			_, _ = conn.Read(make([]byte, 4096))
			_, _ = conn.Write([]byte(words))
			_ = conn.Close()
		}
	}()
	return listener.Addr().String()
}

func TestCause_CertificatesAreToldApart(t *testing.T) {
	t.Parallel()
	authority := newAuthority(t)
	ours := x509.NewCertPool()
	ours.AddCert(authority.cert)
	now := time.Now()

	good := authority.serve(t, "127.0.0.1", now.Add(-time.Hour), now.Add(time.Hour))
	expired := authority.serve(t, "127.0.0.1", now.Add(-48*time.Hour), now.Add(-24*time.Hour))
	early := authority.serve(t, "127.0.0.1", now.Add(24*time.Hour), now.Add(48*time.Hour))
	elsewhere := authority.serve(t, "api.elsewhere.example", now.Add(-time.Hour), now.Add(time.Hour))

	require.Equal(t, "certificate_expired", causeAt(t, expired, ours))
	require.Equal(t, "certificate_expired", causeAt(t, early, ours))
	require.Equal(t, "certificate_wrong_name", causeAt(t, elsewhere, ours))
	require.Equal(t, "certificate_refused", causeAt(t, good, x509.NewCertPool()), "nobody vouches for it")

	client := httpx.New(httpx.Settings{System: "till", Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: ours}}})
	_, err := client.Do(context.Background(), httpx.Call{Op: "op", Method: http.MethodGet, URL: good})
	require.NoError(t, err, "the control")
}

type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-72 * time.Hour), NotAfter: time.Now().Add(72 * time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	return authority{cert, key}
}

// serve answers over TLS with a certificate of this name and life.
func (a authority) serve(t *testing.T, name string, from, until time.Time) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, NotBefore: from, NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	require.NoError(t, err)
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	server.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server.URL
}
