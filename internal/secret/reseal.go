package secret

import (
	"bytes"
	"encoding/binary"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/keyset"
)

// tinkPrefix begins what a key of our form sealed; the number of the key follows.
const tinkPrefix = 1

// Reseal seals anew, with the key that seals now, what another key of the box
// sealed. It gives nil when that very key sealed it already.
func (b *Box) Reseal(sealed []byte, place string) ([]byte, error) {
	if b.sealedNow(sealed) {
		return nil, nil
	}
	plain, err := b.Open(sealed, place)
	if err != nil {
		return nil, err
	}
	return b.Seal(plain, place)
}

// ResealInner does the same for the key of an inner box. What the inner box
// sealed is not touched.
func (b *Box) ResealInner(sealed []byte, place string) ([]byte, error) {
	if wrapped, err := keyset.NewBinaryReader(bytes.NewReader(sealed)).ReadEncrypted(); err == nil && b.sealedNow(wrapped.GetEncryptedKeyset()) {
		return nil, nil
	}
	inner, err := b.OpenInner(sealed, place)
	if err != nil {
		return nil, err
	}
	return b.sealInner(inner.handle, place)
}

// sealedNow reports whether the key that seals now sealed this.
func (b *Box) sealedNow(sealed []byte) bool {
	primary, err := b.handle.Primary()
	return err == nil && len(sealed) > 5 && sealed[0] == tinkPrefix && binary.BigEndian.Uint32(sealed[1:5]) == primary.KeyID()
}

func (b *Box) sealInner(handle *keyset.Handle, place string) ([]byte, error) {
	var buf bytes.Buffer
	if err := handle.WriteWithAssociatedData(keyset.NewBinaryWriter(&buf), b.aead, []byte(place)); err != nil {
		return nil, fmt.Errorf("seal the key of %s: %w", place, err)
	}
	return buf.Bytes(), nil
}
