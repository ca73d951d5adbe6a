package accountview

import "context"

// lock lets one caller through at a time; who waits may give up.
type lock chan struct{}

func newLock() lock { return make(lock, 1) }

// take waits for the lock and gives the function that releases it.
func (l lock) take(ctx context.Context) (release func(), err error) {
	select {
	case l <- struct{}{}:
		return func() { <-l }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
