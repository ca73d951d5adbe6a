package httpx

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
)

// causeOf names why a call has no whole answer, as precisely as the network
// tells: each name has an explanation of its own for the person who must act.
func causeOf(err error) string {
	code := "connection_lost"
	var dns *net.DNSError
	var netErr net.Error
	var opErr *net.OpError
	switch {
	case errors.As(err, &dns) && dns.IsTimeout:
		code = "name_server_silent"
	case errors.As(err, &dns):
		code = "name_not_found"
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &netErr) && netErr.Timeout():
		code = "no_answer_in_time"
	case errors.Is(err, context.Canceled):
		code = "cancelled"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		code = "host_unreachable"
	case errors.As(err, &opErr) && opErr.Op == "dial":
		code = "connection_refused"
	case isCertificate(err):
		code = certificateCause(err)
	case speaksPlainHTTP(err):
		code = "not_tls"
	case speaksNoHTTP(err):
		code = "not_http"
	}
	return code
}

func isCertificate(err error) bool {
	var verification *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var hostname x509.HostnameError
	return errors.As(err, &verification) || errors.As(err, &unknown) || errors.As(err, &hostname)
}

// certificateCause tells the ways apart in which a certificate can be no good.
// Nobody vouching for it is the one without a name of its own.
func certificateCause(err error) string {
	code := "certificate_refused"
	var invalid x509.CertificateInvalidError
	var hostname x509.HostnameError
	switch {
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		code = "certificate_expired"
	case errors.As(err, &hostname):
		code = "certificate_wrong_name"
	}
	return code
}

// speaksPlainHTTP: a TLS handshake was answered in the clear. Where the answer
// was HTTP the standard library says so itself, in an error without a type.
func speaksPlainHTTP(err error) bool {
	var record tls.RecordHeaderError
	return errors.As(err, &record) || errors.Is(err, http.ErrSchemeMismatch)
}

// speaksNoHTTP: bytes came, but no HTTP answer. The standard library has no type
// for it, only words.
func speaksNoHTTP(err error) bool {
	return strings.Contains(err.Error(), "malformed HTTP")
}
