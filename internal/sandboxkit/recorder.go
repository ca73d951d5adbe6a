package sandboxkit

import (
	"bytes"
	"maps"
	"net/http"
	"strconv"
)

// recorder takes an answer that will not, or not wholly, reach the caller.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func newRecorder() *recorder { return &recorder{header: http.Header{}} }

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

func (r *recorder) Write(p []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(p)
}

// sendHalf promises the whole answer, sends half of it and hangs up.
func (r *recorder) sendHalf(w http.ResponseWriter) {
	r.WriteHeader(http.StatusOK)
	if r.body.Len() < 2 {
		hangUp(w)
		return
	}
	maps.Copy(w.Header(), r.header)
	w.Header().Set("Content-Length", strconv.Itoa(r.body.Len()))
	w.WriteHeader(r.status)
	_, _ = w.Write(r.body.Bytes()[:r.body.Len()/2])
	_ = http.NewResponseController(w).Flush()
	hangUp(w)
}
