package settings

import (
	"cmp"
	"net/url"
	"strings"
)

// SameAddress reports whether two base addresses of a system are one place:
// scheme, host, port and path. What cannot be told for certain is another place.
func SameAddress(one, other string) bool {
	a, b := endpointOf(one), endpointOf(other)
	return a == b && a != endpoint{}
}

// endpoint is what of an address decides who is spoken to.
type endpoint struct{ scheme, host, port, path string }

func endpointOf(address string) endpoint {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return endpoint{}
	}
	usual := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	return endpoint{u.Scheme, strings.ToLower(u.Hostname()), cmp.Or(u.Port(), usual), strings.TrimRight(u.EscapedPath(), "/")}
}
