package sandbox

import (
	"encoding/json"
	"net/http"
	"time"
)

// PeriodDump is one period as /_sandbox/periods shows it.
type PeriodDump struct {
	Number string `json:"number"`
	Start  string `json:"start"`
	End    string `json:"end"`
	Closed bool   `json:"closed"`
}

// Periods gives every period, by its first day.
func (s *Server) Periods() []PeriodDump {
	s.books.mu.RLock()
	defer s.books.mu.RUnlock()
	dumps := []PeriodDump{}
	for _, key := range s.books.tables[admPerTable.Name].keys {
		p, _ := s.books.row(admPerTable.Name, key)
		dumps = append(dumps, PeriodDump{p["PER_NR"], cutAt(p["START_DATE"], 10), cutAt(p["END_DATE"], 10), p.flag(closedColumn)})
	}
	return dumps
}

// CloseThrough closes every period that ends on the day or before, and opens the others.
func (s *Server) CloseThrough(day string) error {
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	w := &writing{changes: s.books.change(), moment: s.now()}
	for _, key := range s.books.tables[admPerTable.Name].keys {
		p, _ := w.row(admPerTable.Name, key)
		changed := row{}
		for name, value := range p {
			changed[name] = value
		}
		delete(changed, closedColumn)
		if cutAt(p["END_DATE"], 10) <= day {
			changed[closedColumn] = "true"
		}
		w.put(&admPerTable, changed)
	}
	return w.save()
}

// servePeriods answers /_sandbox/periods: GET lists, POST closes.
func (s *Server) servePeriods(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		var asked struct {
			ClosedThrough string `json:"closed_through"`
		}
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&asked)
		if err == nil && asked.ClosedThrough != "" {
			_, err = time.Parse(time.DateOnly, asked.ClosedThrough)
		}
		if err != nil {
			writeJSON(w, http.StatusBadRequest, map[string]string{"error": `send {"closed_through":"2026-10-31"}`})
			return
		}
		if err := s.CloseThrough(asked.ClosedThrough); err != nil {
			s.writeRefusal(w, err)
			return
		}
	} else if !only(w, r, http.MethodGet) {
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"periods": s.Periods()})
}
