package mplus

import (
	"strings"

	"github.com/koppel/koppel/internal/fault"
)

// noChangesMessage is what older tills say, beside a result FAILED, when a saved
// order holds nothing new. It is success (the vendor's older PHP client).
const noChangesMessage = "Order not saved because there were no changes in the order."

// codeRecordExists says that the till has another record under the key of a new one.
const codeRecordExists = "till_record_exists"

// faultFromResult judges the result of an answer that came as it should. Results
// are enumerations like GET-ORDER-RESULT-NOT-FOUND: what follows "-RESULT-" counts.
func faultFromResult(op operation, result, errorMessage string) error {
	_, outcome, found := strings.Cut(strings.TrimSpace(result), "-RESULT-")
	if !found {
		return unclear(op, "answer_not_understood")
	}
	kind, code := fault.Rejected, "till_rejected"
	switch {
	case outcome == "OK", strings.HasSuffix(outcome, "NO-CHANGES"),
		outcome == "FAILED" && strings.TrimSpace(errorMessage) == noChangesMessage:
		return nil
	case strings.HasSuffix(outcome, "NOT-FOUND"), strings.HasSuffix(outcome, "NOTFOUND"):
		kind, code = fault.NotFound, "till_record_not_found"
	case strings.HasSuffix(outcome, "HAS-CHANGED"):
		kind, code = fault.Conflict, "till_record_changed"
	case strings.HasSuffix(outcome, "ALREADY-EXISTS"), strings.HasSuffix(outcome, "ALREADY-TAKEN"):
		kind, code = fault.Conflict, codeRecordExists
	}
	return fault.New(kind, code, op.op()).WithDetail(strings.TrimSpace(result + "\n" + errorMessage))
}
