package sandbox

import (
	"encoding/json"
	"net/http"
	"strings"
)

// postedMark says in a page's row that it is posted: moved, or kept. No answer shows it.
const postedMark = "POSTED"

// post books pages in the ledger, as a bookkeeper does: their lines become transactions, and by the switch the pages can
// no longer be read.
func (s *Server) post(pages []string) error {
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	w := &writing{changes: s.books.change(), moment: s.now()}
	for _, id := range pages {
		daybook, number, _ := strings.Cut(strings.TrimSpace(id), "/")
		key := pageKey(daybook, number)
		page, known := w.row(djPageTable.Name, key)
		if !known || page[postedMark] != "" {
			return notFound("Bladzijde %s bestaat niet of is al verwerkt.", id)
		}
		for _, line := range s.books.detailsOf(&djLineTable, key) {
			w.postLine(page, line)
		}
		posted := row{}
		for name, value := range page {
			posted[name] = value
		}
		posted[postedMark] = map[string]string{"move": "moved", "keep": "kept"}[s.options().PostedPages]
		w.put(&djPageTable, posted)
	}
	return w.save()
}

func (w *writing) postLine(page, line row) {
	gone := row{"REC_ID": w.nextID(&transactTable), "INV_DESC": page["HDR_DESC"], "PERIOD": page["PERIOD"]}
	for _, name := range []string{
		"ACCT_NR", "AMOUNT", "BASE_AMT", "COST_CODE", "CUR_CODE", "DJ_CODE", "INV_NR", "PAGE_NR", "PAGE_NRV", "PROJ_CODE",
		"SUB_NR", "TRN_DATE", "TRN_DESC", "TRN_QTY", "VAT_AMT", "VAT_CODE", "SRC_ID", "SRC_TYPE",
	} {
		gone[name] = line[name]
	}
	w.put(&transactTable, gone)
}

// canBeRead tells whether a page is still read as a page.
func canBeRead(r row) bool { return r[postedMark] != "moved" }

// servePost answers POST /_sandbox/post.
func (s *Server) servePost(w http.ResponseWriter, r *http.Request) {
	if !only(w, r, http.MethodPost) {
		return
	}
	var asked struct {
		Pages []string `json:"pages"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&asked); err != nil || len(asked.Pages) == 0 {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": `send {"pages":["700/1"]}`})
		return
	}
	if err := s.post(asked.Pages); err != nil {
		s.writeRefusal(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
