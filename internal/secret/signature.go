package secret

import (
	"crypto/hmac"
	"crypto/sha256"
)

// Signature is how a message in either direction shows that it comes from who
// knows the key: the HMAC-SHA256 of the timestamp, a dot and the body.
func Signature(key Text, timestamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, []byte(key.Reveal()))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	return mac.Sum(nil)
}
