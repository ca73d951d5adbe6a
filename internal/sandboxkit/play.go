package sandboxkit

import (
	"bytes"
	"context"
	"io"
	"math"
	"net/http"
	"strconv"
	"time"
)

// maxBody bounds what a sandbox keeps of a request. The systems' own limits are lower and their own business.
const maxBody = 16 << 20

// Wrap counts the calls to next, draws at most one fault for each, and plays it:
//
//   - Latency waits, then lets the call through, whether or not the caller is still there.
//   - TooMany answers 429 with Retry-After in whole seconds; next is not reached.
//   - ServerError, ErrorIn200 and ExpiredToken answer what the hook writes; next is not reached.
//   - BadGateway answers 502 with an HTML page, as a proxy in front of a stopped service does.
//   - DropBefore closes the connection and does nothing.
//   - DropAfter does the work and closes the connection without an answer.
//   - Late closes the connection at once and does the work some seconds later. A read is dropped like DropBefore.
//   - Cut does the work and sends half of the answer under the length of the whole.
//   - Hang holds the connection until the time is over or the caller leaves, and does nothing.
//   - RepeatedPage and RowChanged reach the code that cuts pages through PageFault.
func (f *Faults) Wrap(h Hooks, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
		if err != nil {
			http.Error(w, "the request body could not be read", http.StatusBadRequest)
			return
		}
		if len(body) > maxBody {
			http.Error(w, "the request body is too large", http.StatusRequestEntityTooLarge)
			return
		}
		restore := func(r *http.Request) *http.Request {
			r.Body = io.NopCloser(bytes.NewReader(body))
			return r
		}
		op, write, paged := h.Operation(restore(r))
		restore(r)
		if op == "" {
			next.ServeHTTP(w, r)
			return
		}
		if h.Calls != nil {
			h.Calls.Count(op, write)
		}
		kind, length, protected := f.draw(h, op, paged)
		// Work that goes on after the caller has left must not see the caller's cancellation.
		detached := restore(r.Clone(context.WithoutCancel(r.Context())))
		switch kind {
		case Latency:
			if protected {
				if f.wait(r.Context(), length); r.Context().Err() != nil {
					return
				}
			} else {
				f.wait(detached.Context(), length)
			}
			next.ServeHTTP(w, detached)
		case TooMany:
			w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(length.Seconds()))))
			http.Error(w, "too many requests", http.StatusTooManyRequests)
		case ServerError:
			h.Error500(w, r)
		case ErrorIn200:
			h.ErrorIn200(w, r)
		case ExpiredToken:
			h.Unauthorized(w, r)
		case BadGateway:
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.WriteHeader(http.StatusBadGateway)
			_, _ = io.WriteString(w, badGatewayPage)
		case DropBefore:
			hangUp(w)
		case DropAfter:
			next.ServeHTTP(newRecorder(), detached)
			hangUp(w)
		case Late:
			if write {
				f.runLate(next, detached, length)
			}
			hangUp(w)
		case Cut:
			answer := newRecorder()
			next.ServeHTTP(answer, detached)
			answer.sendHalf(w)
		case Hang:
			f.wait(r.Context(), length)
			hangUp(w)
		case RepeatedPage, RowChanged:
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), pageFaultKey{}, kind)))
		default:
			next.ServeHTTP(w, r)
		}
	})
}

const badGatewayPage = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>
`

// wait returns when the time is over, the caller has left or the sandbox closes.
func (f *Faults) wait(ctx context.Context, length time.Duration) {
	timer := time.NewTimer(length)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	case <-f.closing:
	}
}

func (f *Faults) runLate(next http.Handler, r *http.Request, length time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.closed {
		return
	}
	f.late.Add(1)
	go func() {
		defer f.late.Done()
		f.wait(r.Context(), length)
		next.ServeHTTP(newRecorder(), r)
	}()
}

// hangUp closes the connection without a word. Where that cannot be done (HTTP/2, a test recorder) an empty 502 comes
// nearest to it.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	_ = conn.Close()
}
