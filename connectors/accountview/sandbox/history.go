package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
)

// deliver moves an order into the history, as delivering and invoicing it in the desktop program does: the order leaves
// SO1, appears in ALH, and takes its quantities from the stock. Stock moves without touching CNG_DATE of an article.
func (s *Server) deliver(orders []string) error {
	s.books.mu.Lock()
	defer s.books.mu.Unlock()
	w := &writing{changes: s.books.change(), options: s.options(), moment: s.now()}
	for _, number := range orders {
		header, known := w.row(soHdrTable.Name, number)
		if !known {
			return notFound("Record %s bestaat niet in tabel %s.", number, soHdrTable.Name)
		}
		w.archive(header, s.books.detailsOf(&soLineTable, number))
	}
	return w.save()
}

func (w *writing) archive(header row, lines []row) {
	debtor, _ := w.row(contactTable.Name, header["RPL_INV"])
	condition, _ := w.row(payCondTable.Name, header["DISC_CODE"])
	today := w.moment.Format("2006-01-02") + "T00:00:00"
	past := row{
		"REC_ID": w.nextID(&hstAhTable), "HDR_TYPE": "1", "INV_DATE": today, "DC_NAME": debtor["ACCT_NAME"],
		"INV_NR":     fmt.Sprintf("F%02d%05d", w.moment.Year()%100, w.next("INV_NR", 1)),
		"VDISC_DESC": condition["DISC_DESC"],
	}
	for _, name := range []string{"ORD_NR", "RPL_INV", "ORD_DATE", "DEL_DATE", "SHIP_MTH", "COMMENT1", "COMMENT2", "DEL_ADDR", "GROSS_FLG"} {
		past[name] = header[name]
	}
	setIfEmpty(past, "DEL_DATE", today)
	w.stamp(past, true)
	w.put(&hstAhTable, past)
	for _, line := range lines {
		article, _ := w.row(articleTable.Name, line["ART_CODE"])
		gone := row{
			"REC_ID": w.nextID(&hstAlTable), "HDR_ID": past["REC_ID"], "ART_QTY": line["ORD_QTY"], "UNIT_PX": line["ART_PX"],
			"ART_UNIT": line["UNT_CODE"], "COST_PX": article["COST_PX"], "L_COSTPX": article["L_COSTPX"],
		}
		for _, name := range []string{"ART_CODE", "ART_DESC1", "DISC_PCT", "VAT_CODE"} {
			gone[name] = line[name]
		}
		w.stamp(gone, true)
		w.put(&hstAlTable, gone)
		w.deliver(line)
		w.remove(&soLineTable, line["REC_ID"])
	}
	w.remove(&soHdrTable, header["ORD_NR"])
}

// serveHistory answers POST /_sandbox/history.
func (s *Server) serveHistory(w http.ResponseWriter, r *http.Request) {
	if !only(w, r, http.MethodPost) {
		return
	}
	var asked struct {
		Orders []string `json:"orders"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&asked); err != nil || len(asked.Orders) == 0 {
		writeJSON(w, http.StatusBadRequest, map[string]string{"error": `send {"orders":["26000001"]}`})
		return
	}
	for i := range asked.Orders {
		asked.Orders[i] = strings.TrimSpace(asked.Orders[i])
	}
	if err := s.deliver(asked.Orders); err != nil {
		s.writeRefusal(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// only refuses every method but the one wanted.
func only(w http.ResponseWriter, r *http.Request, method string) bool {
	if r.Method == method {
		return true
	}
	w.Header().Set("Allow", method)
	writeError(w, http.StatusMethodNotAllowed, nil, "Deze methode wordt niet ondersteund.")
	return false
}
