package sandbox

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/koppel/koppel/internal/soap"
)

// badInput is a request to the sandbox's own pages that cannot be obeyed, with the reason for who sent it.
type badInput string

func (b badInput) Error() string { return string(b) }

const maxJSON = 1 << 20

// readJSON reads a small document strictly: an unknown field is a slip of the pen.
func readJSON(w http.ResponseWriter, r *http.Request, v any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxJSON))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return badInput("the body is not the JSON wanted here: " + err.Error())
	}
	if d.More() {
		return badInput("the body holds more than one JSON document")
	}
	return nil
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // a caller that left is no concern of the till
}

// refuseJSON answers what was wrong: 404 for an order that is not there, 400 for input, 500 for the sandbox itself.
func (s *Server) refuseJSON(w http.ResponseWriter, err error) {
	status, text := statusOf(err)
	if status == http.StatusInternalServerError {
		s.opts.Log.Error("sandbox till", "error", err)
	}
	writeJSON(w, status, map[string]string{"error": text})
}

func statusOf(err error) (int, string) {
	if errors.Is(err, errOrderMissing) {
		return http.StatusNotFound, "there is no such order"
	}
	if input, ok := errors.AsType[badInput](err); ok {
		return http.StatusBadRequest, string(input)
	}
	if refused, ok := errors.AsType[refusal](err); ok {
		return http.StatusBadRequest, string(refused)
	}
	if fault, ok := errors.AsType[*soap.Fault](err); ok {
		return http.StatusBadRequest, fault.String
	}
	return http.StatusInternalServerError, "the sandbox could not do this; see its log"
}
