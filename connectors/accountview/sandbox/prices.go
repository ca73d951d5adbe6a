package sandbox

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// PriceDump is one row of a table of prices as /_sandbox/prices shows it.
type PriceDump struct {
	Object string            `json:"object"` // ZPD, ZPL, ZPG or ZPA
	Key    string            `json:"key"`    // REC_ID; empty in a row that is to be added
	Fields map[string]string `json:"fields"` // every column that holds something
}

// Prices gives every row of every table of prices.
func (s *Server) Prices() []PriceDump {
	s.books.mu.RLock()
	defer s.books.mu.RUnlock()
	dumps := []PriceDump{}
	for _, object := range slices.Sorted(maps.Keys(priceTables)) {
		t := priceTables[object]
		for _, key := range s.books.tables[t.Name].keys {
			r, _ := s.books.row(t.Name, key)
			dumps = append(dumps, PriceDump{object, key, t.held(r)})
		}
	}
	return dumps
}

// PutPrices adds rows, or changes those that have a key, as a person does at the screen: all of them or none. It gives
// their keys. A date is written as 2026-03-01.
func (s *Server) PutPrices(rows ...PriceDump) ([]string, error) {
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	w := &writing{changes: s.books.change(), options: s.options(), moment: s.now()}
	var keys []string
	for _, given := range rows {
		key, err := w.putPrice(given)
		if err != nil {
			return nil, err
		}
		keys = append(keys, key)
	}
	return keys, w.save()
}

func (w *writing) putPrice(given PriceDump) (string, error) {
	t, known := priceTables[strings.ToUpper(given.Object)]
	if !known {
		return "", invalid(unknownObject, "Business object %s kent geen prijzen.", cutAt(given.Object, 10))
	}
	r, insert := row{}, given.Key == ""
	if !insert {
		stored, there := w.row(t.Name, given.Key)
		if !there {
			return "", notFound("Record %s bestaat niet in tabel %s.", cutAt(given.Key, 10), t.Name)
		}
		r = maps.Clone(stored)
	}
	for name, value := range given.Fields {
		c, known := t.column(name)
		if !known || c.Blocked {
			return "", invalid(unknownField, "Veld %s kan niet worden gezet.", cutAt(name, 20))
		}
		if day, err := time.Parse(time.DateOnly, value); c.isDate() && err == nil {
			value = day.Format(momentLayout)
		} else if c.isDate() && value != "" {
			return "", invalid(wrongValue, "Veld %s is geen datum.", name)
		}
		r[name] = value
	}
	if insert {
		r["REC_ID"] = w.nextID(t)
	}
	return r["REC_ID"], w.finish(t, r, insert)
}

// RemovePrice takes a row away.
func (s *Server) RemovePrice(object, key string) error {
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	t, known := priceTables[strings.ToUpper(object)]
	if !known {
		return invalid(unknownObject, "Business object %s kent geen prijzen.", cutAt(object, 10))
	}
	if _, there := s.books.row(t.Name, key); !there {
		return notFound("Record %s bestaat niet in tabel %s.", cutAt(key, 10), t.Name)
	}
	w := &writing{changes: s.books.change(), options: s.options(), moment: s.now()}
	w.remove(t, key)
	return w.save()
}

// servePrices answers /_sandbox/prices: GET lists, POST adds or changes a row, DELETE ?object=ZPD&key=0000000001 takes
// one away.
func (s *Server) servePrices(w http.ResponseWriter, r *http.Request) {
	var err error
	switch r.Method {
	case http.MethodGet:
	case http.MethodPost:
		var given PriceDump
		decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
		decoder.DisallowUnknownFields()
		if decoder.Decode(&given) != nil {
			err = invalid(badRequest, `send {"object":"ZPD","fields":{"SUB_NR":"10001","ART_CODE":"100101","PX_SELL":"9.95"}}`)
			break
		}
		_, err = s.PutPrices(given)
	case http.MethodDelete:
		err = s.RemovePrice(r.URL.Query().Get("object"), r.URL.Query().Get("key"))
	default:
		w.Header().Set("Allow", "GET, POST, DELETE")
		writeJSON(w, http.StatusMethodNotAllowed, map[string]string{"error": "use GET, POST or DELETE"})
		return
	}
	if err != nil {
		s.writeRefusal(w, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"prices": s.Prices()})
}
