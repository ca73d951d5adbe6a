package httpx

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net/url"
)

// withoutURL takes the URL out of an error: MplusKASSA's credentials travel in the query.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

func isCertificate(err error) bool {
	var verification *tls.CertificateVerificationError
	var unknown x509.UnknownAuthorityError
	var hostname x509.HostnameError
	return errors.As(err, &verification) || errors.As(err, &unknown) || errors.As(err, &hostname)
}
