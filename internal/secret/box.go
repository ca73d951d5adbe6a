package secret

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/insecurecleartextkeyset"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// Box seals and opens bytes with one Tink keyset (AES-256-GCM): one of its keys
// seals, each of them opens. What is sealed
// is bound to its place: opening it under another place fails.
type Box struct {
	aead   tink.AEAD
	handle *keyset.Handle
}

// NewKey makes a fresh key in the text form that OpenBox reads.
func NewKey() (Text, error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return "", fmt.Errorf("make a key: %w", err)
	}
	return textOf(handle)
}

// textOf writes a key in the text form that OpenBox reads.
func textOf(handle *keyset.Handle) (Text, error) {
	var buf bytes.Buffer
	if err := insecurecleartextkeyset.Write(handle, keyset.NewBinaryWriter(&buf)); err != nil {
		return "", fmt.Errorf("write the new key: %w", err)
	}
	return Text(base64.StdEncoding.EncodeToString(buf.Bytes())), nil
}

// OpenBox makes a Box of a key that NewKey made. The error never shows the key.
func OpenBox(key Text) (*Box, error) {
	raw, err := base64.StdEncoding.DecodeString(strings.TrimSpace(key.Reveal()))
	if err != nil || len(raw) == 0 {
		return nil, errors.New("the key is not a Koppel key: make one with 'koppel secret new-key'")
	}
	handle, err := insecurecleartextkeyset.Read(keyset.NewBinaryReader(bytes.NewReader(raw)))
	if err != nil {
		return nil, errors.New("the key is damaged: it must be the whole line that 'koppel secret new-key' printed")
	}
	return boxOf(handle)
}

func boxOf(handle *keyset.Handle) (*Box, error) {
	primitive, err := aead.New(handle)
	if err != nil {
		return nil, fmt.Errorf("use the key: %w", err)
	}
	return &Box{aead: primitive, handle: handle}, nil
}

// Seal encrypts plain for the named place.
func (b *Box) Seal(plain []byte, place string) ([]byte, error) {
	sealed, err := b.aead.Encrypt(plain, []byte(place))
	if err != nil {
		return nil, fmt.Errorf("seal %s: %w", place, err)
	}
	return sealed, nil
}

// Open decrypts what Seal made for the same place.
func (b *Box) Open(sealed []byte, place string) ([]byte, error) {
	plain, err := b.aead.Decrypt(sealed, []byte(place))
	if err != nil {
		return nil, fmt.Errorf("open %s: it was sealed with another key, or damaged", place)
	}
	return plain, nil
}

// NewInner makes a key of its own, sealed by this one: a key that can be
// destroyed without touching anything else.
func (b *Box) NewInner(place string) (inner *Box, sealed []byte, err error) {
	handle, err := keyset.NewHandle(aead.AES256GCMKeyTemplate())
	if err != nil {
		return nil, nil, fmt.Errorf("make a key for %s: %w", place, err)
	}
	if sealed, err = b.sealInner(handle, place); err != nil {
		return nil, nil, err
	}
	inner, err = boxOf(handle)
	return inner, sealed, err
}

// OpenInner opens a key that NewInner made for the same place.
func (b *Box) OpenInner(sealed []byte, place string) (*Box, error) {
	handle, err := keyset.ReadWithAssociatedData(keyset.NewBinaryReader(bytes.NewReader(sealed)), b.aead, []byte(place))
	if err != nil {
		return nil, fmt.Errorf("open the key of %s: it was sealed with another key, or damaged", place)
	}
	return boxOf(handle)
}
