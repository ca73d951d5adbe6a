package sandbox

import (
	"encoding/json"
	"maps"
	"net/http"
	"strings"
)

// ArticleDump is one article as /_sandbox/articles shows it: every column that holds something, the code among them.
type ArticleDump map[string]string

// mostDumped bounds what a page of the sandbox lists.
const mostDumped = 1000

// Articles gives articles in the order of their codes, from the one after this code on.
func (s *Server) Articles(after string, most int) []ArticleDump {
	s.books.mu.RLock()
	defer s.books.mu.RUnlock()
	dumps := []ArticleDump{}
	for _, key := range s.books.tables[articleTable.Name].keys {
		if r, _ := s.books.row(articleTable.Name, key); key > after && len(dumps) < most {
			dumps = append(dumps, articleTable.held(r))
		}
	}
	return dumps
}

// PutArticles makes articles, or changes the columns that are named of those there are, as people do at the screen and
// as deliveries do: all of them or none. A change of stock alone is no change of the article: CNG_DATE stays.
func (s *Server) PutArticles(articles ...ArticleDump) error {
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	w := &writing{changes: s.books.change(), options: s.options(), moment: s.now()}
	for _, given := range articles {
		if err := w.putArticle(given); err != nil {
			return err
		}
	}
	return w.save()
}

func (w *writing) putArticle(given ArticleDump) error {
	t := &articleTable
	r, stored, insert := row{}, row{}, true
	if known, there := w.row(t.Name, upper(given[t.Key])); there {
		r, stored, insert = maps.Clone(known), known, false
	}
	stockOnly := !insert
	for name, value := range given {
		c, known := t.column(name)
		counts := strings.HasPrefix(name, "QTY_")
		if !known || !c.shown(w.options) || c.Blocked && !counts {
			return invalid(unknownField, "Veld %s kan niet worden gezet.", cutAt(name, 20))
		}
		if name != t.Key && !counts {
			stockOnly = false
		}
		if c.isText() {
			text, err := readText(value, c, w.options)
			if err != nil {
				return err
			}
			value = text
		}
		r[name] = value
	}
	if err := writeArticle(w, r, insert); err != nil {
		return err
	}
	if err := w.finish(t, r, insert); err != nil || !stockOnly {
		return err
	}
	r["CNG_DATE"], r["CNG_NR"], r["CNG_USR"] = stored["CNG_DATE"], stored["CNG_NR"], stored["CNG_USR"]
	w.put(t, r)
	return nil
}

// RemoveArticle takes an article away.
func (s *Server) RemoveArticle(code string) error {
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	if _, there := s.books.row(articleTable.Name, upper(code)); !there {
		return notFound("Artikel %s bestaat niet.", cutAt(code, 15))
	}
	w := &writing{changes: s.books.change(), options: s.options(), moment: s.now()}
	w.remove(&articleTable, upper(code))
	return w.save()
}

// serveArticles answers /_sandbox/articles: GET lists up to a thousand after ?after=CODE, POST makes or changes, DELETE
// ?code=CODE takes one away.
func (s *Server) serveArticles(w http.ResponseWriter, r *http.Request) {
	var err error
	switch r.Method {
	case http.MethodGet:
	case http.MethodPost:
		var given struct {
			Articles []ArticleDump `json:"articles"`
		}
		decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<20))
		decoder.DisallowUnknownFields()
		if decoder.Decode(&given) != nil || len(given.Articles) == 0 {
			err = invalid(badRequest, `send {"articles":[{"ART_CODE":"PAN-1","ART_DESC1":"Pan","AG_CODE":"KPAN","PX_SELL":"9.95"}]}`)
			break
		}
		err = s.PutArticles(given.Articles...)
	case http.MethodDelete:
		err = s.RemoveArticle(r.URL.Query().Get("code"))
	default:
		w.Header().Set("Allow", "GET, POST, DELETE")
		writeJSON(w, http.StatusMethodNotAllowed, map[string]string{"error": "use GET, POST or DELETE"})
		return
	}
	if err != nil {
		s.writeRefusal(w, err)
		return
	}
	writeJSON(w, http.StatusOK, map[string]any{"articles": s.Articles(upper(r.URL.Query().Get("after")), mostDumped)})
}
