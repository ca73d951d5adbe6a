package secret

import (
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/keyset"
)

// Rotation is how far a master key is on its way to a new one. A master key may
// hold several keys: all of them open, one of them seals.
type Rotation int

const (
	// RotationNone is a key alone.
	RotationNone Rotation = iota
	// RotationAdded holds a new key that opens only: the old one still seals.
	RotationAdded
	// RotationSwitched holds a new key that seals: the old ones open only.
	RotationSwitched
)

// RotationOf reads how far a master key is.
func RotationOf(key Text) (Rotation, error) {
	box, err := OpenBox(key)
	if err != nil {
		return RotationNone, err
	}
	newest, err := box.handle.Entry(box.handle.Len() - 1)
	switch {
	case err != nil:
		return RotationNone, fmt.Errorf("read the key: %w", err)
	case box.handle.Len() == 1:
		return RotationNone, nil
	case newest.IsPrimary():
		return RotationSwitched, nil
	default:
		return RotationAdded, nil
	}
}

// AddKey adds a fresh key that opens only, so that every process can be given it
// before anything is sealed with it.
func AddKey(key Text) (Text, error) {
	return changed(key, RotationNone, func(keys *keyset.Manager, _ []uint32) error {
		_, err := keys.Add(aead.AES256GCMKeyTemplate())
		return err
	})
}

// SwitchKey lets the newest key seal. The old ones still open.
func SwitchKey(key Text) (Text, error) {
	return changed(key, RotationAdded, func(keys *keyset.Manager, ids []uint32) error {
		return keys.SetPrimary(ids[len(ids)-1])
	})
}

// DropOldKeys leaves the newest key alone. What was sealed with an old one can
// then not be opened any more.
func DropOldKeys(key Text) (Text, error) {
	return changed(key, RotationSwitched, func(keys *keyset.Manager, ids []uint32) error {
		for _, id := range ids[:len(ids)-1] {
			if err := keys.Delete(id); err != nil {
				return err
			}
		}
		return nil
	})
}

// changed changes a master key that is at a stage. The ids are those of its keys, the oldest first.
func changed(key Text, at Rotation, change func(keys *keyset.Manager, ids []uint32) error) (Text, error) {
	stage, err := RotationOf(key)
	if err != nil {
		return "", err
	}
	if stage != at {
		return "", errors.New("the key is at another step of its rotation")
	}
	box, err := OpenBox(key)
	if err != nil {
		return "", err
	}
	var ids []uint32
	for i := range box.handle.Len() {
		entry, err := box.handle.Entry(i)
		if err != nil {
			return "", fmt.Errorf("read the key: %w", err)
		}
		ids = append(ids, entry.KeyID())
	}
	keys := keyset.NewManagerFromHandle(box.handle)
	if err := change(keys, ids); err != nil {
		return "", fmt.Errorf("change the key: %w", err)
	}
	handle, err := keys.Handle()
	if err != nil {
		return "", fmt.Errorf("change the key: %w", err)
	}
	return textOf(handle)
}
