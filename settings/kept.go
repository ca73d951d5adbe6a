package settings

import "sync"

// Kept keeps what was made of versions of documents. A version never changes,
// so what was made of it once serves for ever. The zero value works; it is safe
// for many goroutines.
type Kept[T any] struct {
	mu   sync.Mutex
	made map[keptVersion]T
}

type keptVersion struct {
	integration string
	version     int
}

// mostKept bounds the memory that it takes.
const mostKept = 256

// Get gives what was made of a version, or makes it. What fails is tried again
// the next time.
func (k *Kept[T]) Get(integration string, version int, open func() (T, error)) (T, error) {
	at := keptVersion{integration, version}
	if made, ok := k.known(at); ok {
		return made, nil
	}
	made, err := open() // two at the same time make it twice, which does no harm
	if err != nil {
		var none T
		return none, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.made == nil || len(k.made) >= mostKept {
		k.made = map[keptVersion]T{}
	}
	k.made[at] = made
	return made, nil
}

func (k *Kept[T]) known(at keptVersion) (T, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	made, ok := k.made[at]
	return made, ok
}
