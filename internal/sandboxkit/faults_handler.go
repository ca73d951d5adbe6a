package sandboxkit

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
)

// ActiveRule is one rule as the faults page shows it.
type ActiveRule struct {
	Rule
	Hits   int          `json:"hits"`   // faults played so far
	ByKind map[Kind]int `json:"byKind"` // the same, by kind
	Left   int          `json:"left"`   // faults still to come; -1 when the rule has no number
}

// FaultReport is what GET on the faults page answers.
type FaultReport struct {
	Rules []ActiveRule `json:"rules"`
	Hits  map[Kind]int `json:"hits"` // faults played since the last DELETE, by kind
}

// Report tells which rules are at work and how often each kind has hit.
func (f *Faults) Report() FaultReport {
	f.mu.Lock()
	defer f.mu.Unlock()
	report := FaultReport{Rules: []ActiveRule{}, Hits: maps.Clone(f.byKind)}
	for _, a := range f.rules {
		left := -1
		if a.rule.Calls > 0 {
			left = a.rule.Calls - a.hits
		}
		report.Rules = append(report.Rules, ActiveRule{Rule: a.rule, Hits: a.hits, ByKind: maps.Clone(a.byKind), Left: left})
	}
	return report
}

// Handler serves /_sandbox/faults: GET shows the rules, POST adds one rule or a list of rules, DELETE ends them all. A
// list is taken whole or not at all.
func (f *Faults) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.Method {
		case http.MethodGet:
			writeJSON(w, http.StatusOK, f.Report())
		case http.MethodDelete:
			f.Clear()
			w.WriteHeader(http.StatusNoContent)
		case http.MethodPost:
			rules, err := readRules(http.MaxBytesReader(w, r.Body, 1<<20))
			if err == nil {
				err = f.addAll(rules)
			}
			if err != nil {
				refuse(w, err)
				return
			}
			writeJSON(w, http.StatusCreated, f.Report())
		default:
			w.Header().Set("Allow", "GET, POST, DELETE")
			writeJSON(w, http.StatusMethodNotAllowed, map[string]string{"error": "use GET, POST or DELETE"})
		}
	})
}

func readRules(body io.Reader) ([]Rule, error) {
	raw, err := io.ReadAll(body)
	if err != nil {
		return nil, errors.New("the request body could not be read, or is over 1 MB")
	}
	raw = bytes.TrimSpace(raw)
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	var rules []Rule
	if len(raw) > 0 && raw[0] == '[' {
		err = decoder.Decode(&rules)
	} else {
		rules = make([]Rule, 1)
		err = decoder.Decode(&rules[0])
	}
	if err != nil {
		return nil, err
	}
	if decoder.More() {
		return nil, errors.New("one rule or one list of rules is wanted, and nothing after it")
	}
	if len(rules) == 0 {
		return nil, errors.New("the list holds no rule")
	}
	return rules, nil
}

func refuse(w http.ResponseWriter, err error) {
	answer := map[string]string{"error": err.Error()}
	var wrongType *json.UnmarshalTypeError
	var rule *RuleError
	switch {
	case errors.As(err, &rule):
		answer["field"] = rule.Field
	case errors.As(err, &wrongType):
		answer["field"] = wrongType.Field
	}
	writeJSON(w, http.StatusBadRequest, answer)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
