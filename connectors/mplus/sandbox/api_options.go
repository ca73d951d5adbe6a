package sandbox

import "net/http"

// serveOptions answers /_sandbox/options: GET shows the switches, POST changes those it names, all or none. They are back
// at what the sandbox was started with after a restart.
func (s *Server) serveOptions(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
	case http.MethodPost:
		changed := s.till.switches()
		err := readJSON(w, r, &changed)
		if err == nil {
			err = s.till.setSwitches(changed)
		}
		if err != nil {
			s.refuseJSON(w, err)
			return
		}
	default:
		w.Header().Set("Allow", "GET, POST")
		writeJSON(w, http.StatusMethodNotAllowed, map[string]string{"error": "use GET or POST"})
		return
	}
	writeJSON(w, http.StatusOK, s.till.switches())
}

func (t *till) switches() Options {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.opts
}

func (t *till) setSwitches(o Options) error {
	if err := o.check(); err != nil {
		return badInput(err.Error())
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.opts = o
	return nil
}
