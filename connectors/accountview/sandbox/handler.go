package sandbox

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/koppel/koppel/internal/sandboxkit"
)

// maxEnvelope bounds the body of a write.
const maxEnvelope = 4 << 20

// Handler serves the API, the consent page and the sandbox's own pages.
func (s *Server) Handler() http.Handler {
	system := s.faults.Wrap(s.hooks(), http.HandlerFunc(s.serveAPI))
	own := http.NewServeMux()
	own.Handle("/_sandbox/faults", s.faults.Handler())
	own.Handle("/_sandbox/calls", s.calls.Handler())
	own.HandleFunc("/_sandbox/options", s.serveOptions)
	own.HandleFunc("/_sandbox/clients", s.serveClients)
	own.HandleFunc("/_sandbox/history", s.serveHistory)
	own.HandleFunc("/_sandbox/orders", s.serveOrders)
	own.HandleFunc("/_sandbox/debtors", s.serveDebtors)
	own.HandleFunc("/_sandbox/pages", s.servePages)
	own.HandleFunc("/_sandbox/post", s.servePost)
	own.HandleFunc("/_sandbox/periods", s.servePeriods)
	own.HandleFunc("/_sandbox/prices", s.servePrices)
	own.HandleFunc("/_sandbox/articles", s.serveArticles)
	own.HandleFunc("/{$}", s.serveIndex)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := strings.ToLower(strings.TrimSuffix(r.URL.Path, "/"))
		switch {
		case path == "/ams/authorize.aspx":
			s.serveConsent(w, r)
		case strings.HasPrefix(path, "/api/"):
			system.ServeHTTP(w, r)
		default:
			own.ServeHTTP(w, r)
		}
	})
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	endpoint, _ := strings.CutPrefix(strings.ToLower(strings.TrimSuffix(r.URL.Path, "/")), apiPath)
	switch endpoint {
	case "token":
		s.serveToken(w, r)
	case "companies":
		s.serveCompanies(w, r)
	case "accountviewsystembusinessobjects":
		s.serveObjects(w, r)
	case "accountviewdata":
		s.serveData(w, r)
	case "accountviewsystemdata":
		s.serveSystemData(w, r)
	default:
		writeError(w, http.StatusNotFound, nil, "Dit adres bestaat niet.")
	}
}

func (s *Server) serveCompanies(w http.ResponseWriter, r *http.Request) {
	if !s.signedIn(w, r, scopeRead) || !only(w, r, http.MethodGet) {
		return
	}
	type company struct{ Id, Description, Code string }
	writeJSON(w, http.StatusOK, []company{{companyID, companyName, companyCode}})
}

func (s *Server) serveObjects(w http.ResponseWriter, r *http.Request) {
	if !s.signedIn(w, r, scopeRead) || !only(w, r, http.MethodGet) || !s.inCompany(w, r) {
		return
	}
	type businessObject struct {
		Code, Description                           string
		InsertAllowed, UpdateAllowed, DeleteAllowed bool
	}
	list, opts := []businessObject{}, s.options()
	for i := range objects {
		o := &objects[i]
		if _, licensed := opts.object(o.Code); !licensed {
			continue
		}
		list = append(list, businessObject{o.displayCode(), o.Label, o.mayInsert(opts), o.mayUpdate(opts), false})
	}
	writeJSON(w, http.StatusOK, list)
}

// serveSystemData reads the dictionary objects only.
func (s *Server) serveSystemData(w http.ResponseWriter, r *http.Request) {
	if !s.signedIn(w, r, scopeRead) || !only(w, r, http.MethodGet) || !s.inCompany(w, r) {
		return
	}
	if o, known := objectCoded(lowerKeys(r.URL.Query()).Get("businessobject")); known && !o.System {
		s.writeRefusal(w, invalid(unknownObject, "Business object %s is geen systeemobject.", o.Code))
		return
	}
	s.read(w, r)
}

func (s *Server) serveData(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		if s.signedIn(w, r, scopeRead) && s.inCompany(w, r) {
			s.read(w, r)
		}
	case http.MethodPost, http.MethodPut:
		if s.signedIn(w, r, scopeUpdate) && s.inCompany(w, r) {
			s.receive(w, r)
		}
	default:
		w.Header().Set("Allow", "GET, POST, PUT")
		writeError(w, http.StatusMethodNotAllowed, nil, "Deze methode wordt niet ondersteund.")
	}
}

func (s *Server) read(w http.ResponseWriter, r *http.Request) {
	o := s.options()
	q, err := s.readQuery(r.URL.Query(), o)
	if err != nil {
		s.writeRefusal(w, err)
		return
	}
	fault := sandboxkit.PageFault(r.Context())
	if fault == sandboxkit.RowChanged {
		if err := s.changeInBetween(q, o); err != nil {
			s.writeRefusal(w, err)
			return
		}
	}
	s.books.mu.RLock()
	found := q.find(s.books, o, fault)
	body := q.answer(s.books, found, o)
	s.books.mu.RUnlock()
	if len(found.rows) == 0 && o.EmptyAnswer == "404" {
		s.writeRefusal(w, notFound("Er zijn geen gegevens gevonden."))
		return
	}
	writeBody(w, http.StatusOK, body)
}

// changeInBetween lets a colleague touch the row that the page before ended with, so that it comes again, newer.
func (s *Server) changeInBetween(q *query, o *Options) error {
	if q.object.System {
		return nil
	}
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	found := q.find(s.books, o, sandboxkit.RowChanged)
	if len(found.rows) == 0 {
		return nil
	}
	w := &writing{changes: s.books.change(), options: o, moment: s.now()}
	touched := row{}
	for name, value := range found.rows[0] {
		touched[name] = value
	}
	w.stamp(touched, false)
	touched["CNG_USR"] = "BEHEER"
	w.put(q.object.Main, touched)
	return w.save()
}

// receive takes a POST or a PUT.
func (s *Server) receive(w http.ResponseWriter, r *http.Request) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		writeError(w, http.StatusUnsupportedMediaType, nil, "Het bericht moet application/json zijn.")
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxEnvelope))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		writeError(w, http.StatusRequestEntityTooLarge, nil, "Het bericht is te groot.")
		return
	}
	if err != nil {
		writeError(w, http.StatusBadRequest, nil, "Het bericht kan niet worden gelezen.")
		return
	}
	o := s.options()
	received, err := readEnvelope(body, o)
	if err != nil {
		s.writeRefusal(w, err)
		return
	}
	answer, err := s.write(r.Method, received, o)
	if err != nil {
		s.writeRefusal(w, err)
		return
	}
	status := o.PostStatus
	if r.Method == http.MethodPut {
		status = http.StatusOK
	}
	writeBody(w, status, answer)
}
