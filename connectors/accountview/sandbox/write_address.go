package sandbox

// writeAddress numbers a new delivery address. An address stays with its owner.
func writeAddress(w *writing, r row, insert bool) error {
	if insert {
		r["REC_ID"] = w.nextID(&delAddrTable)
		setIfEmpty(r, "CNT_CODE", "NL")
		return nil
	}
	if stored, _ := w.row(delAddrTable.Name, r["REC_ID"]); stored["SUB_NR"] != r["SUB_NR"] {
		return invalid(notAllowed, "Een afleveradres kan niet naar een andere relatie worden verplaatst.")
	}
	return nil
}
