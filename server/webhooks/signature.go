package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/koppel/koppel/internal/secret"
)

// Headers that a delivery carries.
const (
	// HeaderTimestamp holds when the delivery was signed, in Unix seconds.
	HeaderTimestamp = "X-Koppel-Timestamp"
	// HeaderSignature holds "sha256=" and, in hex, the HMAC-SHA256 of the timestamp, a dot and the body.
	HeaderSignature = "X-Koppel-Signature"
)

// Tolerance is how far the clock of a sender may be off, and how long the same
// delivery may come again.
const Tolerance = 5 * time.Minute

// Sign gives both headers of a delivery. It is for whoever sends: our own
// commands, and tests.
func Sign(body []byte, at time.Time, key secret.Text) (timestamp, signature string) {
	timestamp = strconv.FormatInt(at.Unix(), 10)
	return timestamp, signaturePrefix + hex.EncodeToString(secret.Signature(key, timestamp, body))
}

const signaturePrefix = "sha256="

// signedBy reports, in constant time, whether the signature is that of the key.
// No key signs nothing.
func signedBy(key secret.Text, timestamp string, body, signature []byte) bool {
	return key != "" && hmac.Equal(secret.Signature(key, timestamp, body), signature)
}

func parseSignature(header string) ([]byte, bool) {
	digits, ok := strings.CutPrefix(header, signaturePrefix)
	if !ok || len(digits) != hex.EncodedLen(sha256.Size) {
		return nil, false
	}
	signature, err := hex.DecodeString(digits)
	return signature, err == nil
}

// parseTimestamp reads Unix seconds, written in one way only: digits, no sign
// and no leading zero.
func parseTimestamp(header string) (time.Time, bool) {
	if len(header) == 0 || len(header) > 12 || header[0] == '0' {
		return time.Time{}, false
	}
	for _, c := range []byte(header) {
		if c < '0' || c > '9' {
			return time.Time{}, false
		}
	}
	seconds, err := strconv.ParseInt(header, 10, 64)
	return time.Unix(seconds, 0), err == nil
}

func fresh(at, now time.Time) bool {
	off := now.Sub(at)
	return off <= Tolerance && off >= -Tolerance
}

// deliveryID names a delivery: the same bytes signed at the same second are the
// same delivery, whichever server gets them.
func deliveryID(timestamp string, body []byte) string {
	digest := sha256.New()
	digest.Write([]byte(timestamp + "."))
	digest.Write(body)
	return hex.EncodeToString(digest.Sum(nil))[:32]
}
