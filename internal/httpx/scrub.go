package httpx

import (
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
