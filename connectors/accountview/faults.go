package accountview

import (
	"net/http"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

// system is the first word of every operation.
const system = "accountview"

// Codes of the faults of this package. Those of a broken connection come from httpx.
const (
	codeConsentMissing     = "consent_missing"       // nobody gave consent yet
	codeConsentExpired     = "consent_expired"       // the refresh token is dead: a person must give consent again
	codeCredentialsRefused = "credentials_refused"   // client id, secret or a fresh token is refused
	codeTokenRefused       = "token_refused"         // an access token is refused; it is renewed before anyone sees this
	codeTokenUnavailable   = "token_unavailable"     // the token endpoint gave no usable answer
	codeWrongCompany       = "wrong_company"         // the company is not open to this user
	codeConsentTooNarrow   = "consent_too_narrow"    // the company may be read, not written
	codeUnavailable        = "books_unavailable"     // an error of the server or of the relay
	codeHTML               = "html_answer"           // a page of the relay in place of an answer
	codeRedirected         = "redirected"            // sent elsewhere, most likely to a login page
	codeUnreadable         = "unreadable_answer"     // a body that is cut or not of the API
	codeBooksError         = "books_error"           // an error inside a good answer
	codeQueryRefused       = "query_refused"         // a read was refused: object, field or filter
	codeBooksRefused       = "books_refused"         // a record was refused
	codeConflict           = "record_conflict"       // a record clashes with another
	codeNotFound           = "record_not_found"      // the record to change does not exist
	codeAnswerWithoutKey   = "answer_without_number" // stored, but the answer does not say under which number
	codePageRepeated       = "page_repeated"         // the same page again and again
	codeEndless            = "endless_list"          // more pages than any list has
	codeTableMissing       = "table_missing"         // rows, but under another table than the one that was asked for
	codePageKeyMissing     = "page_key_missing"      // rows without the column that page_keys names
	codeColumnMissing      = "column_missing"        // rows without the column they were asked by
	codeDebtorUnreadable   = "debtor_unreadable"     // a debtor with a discount, days or credit limit that is no number
	codeArticleUnreadable  = "article_unreadable"    // an article with a price or quantity that is no number
	codePriceUnreadable    = "price_unreadable"      // a row of prices that says nothing, or two things
	codePriceObjectMissing = "price_object_missing"  // an object of prices that the books do not have, or do not let be read
	codeAttributeUnknown   = "attribute_unknown"     // an attribute that the settings of articles do not name
	codePageUnknown        = "page_unknown"          // a place in a list that is none, such as that of an earlier version of the document
	codeListRefused        = "list_refused"          // a list was refused with the filter of the document
	codeListShifted        = "list_shifted"          // a list that changed between two of its pages
	codeFieldRules         = "field_rules"           // a draft breaks the schema
	codeReferenceRequired  = "reference_required"    // an order without the reference it is found by
	codeNumberRequired     = "number_required"       // a record without the number of its customer
	codeRowActionsMissing  = "row_actions_missing"   // lines of an order cannot be changed without them
	codeTooManyLines       = "too_many_lines"        // an order longer than order_line_batch, where it cannot be written in parts
	codeOrderUnfinished    = "order_unfinished"      // an order stands in the books in part, and cannot be completed
)

// judgeRead turns an answer to a read into rows, or into a fault. A 404 is an
// empty list, unless it is a page of some relay.
func judgeRead(op string, a httpx.Answer) (answer, error) {
	unavailable := func(code string) error { return fault.New(fault.Unavailable, code, op) }
	switch {
	case a.Status == http.StatusUnauthorized:
		return answer{}, fault.New(fault.Unauthorized, codeTokenRefused, op)
	case isHTML(a.Header, a.Body):
		return answer{}, unavailable(codeHTML)
	case a.Status >= 500:
		return answer{}, unavailable(codeUnavailable)
	case a.Status == http.StatusForbidden:
		return answer{}, fault.New(fault.Misconfigured, codeWrongCompany, op).WithDetail(message(a))
	case a.Status == http.StatusNotFound:
		return answer{}, nil
	case a.Status == http.StatusRequestTimeout:
		return answer{}, unavailable(codeUnavailable)
	case a.Status >= 400:
		return answer{}, fault.New(fault.Rejected, codeQueryRefused, op).WithDetail(message(a))
	case a.Status >= 300 || a.Status < 200:
		return answer{}, unavailable(codeRedirected)
	}
	read, err := readAnswer(a.Body)
	if err != nil {
		return answer{}, unavailable(codeUnreadable)
	}
	if read.trouble != nil {
		return answer{}, fault.New(fault.Unavailable, codeBooksError, op).WithDetail(read.trouble.message)
	}
	return read, nil
}

// judgeWrite turns an answer to a write into the stored rows, or into a fault:
// a refusal where the books clearly refused, Uncertain where they may have stored it.
func (s Settings) judgeWrite(op, method string, a httpx.Answer) (answer, error) {
	uncertain := func(code string) error { return fault.New(fault.Uncertain, code, op) }
	refused := func(kind fault.Kind, code string) error { return fault.New(kind, code, op).WithDetail(message(a)) }
	switch {
	case a.Status == http.StatusUnauthorized:
		return answer{}, fault.New(fault.Unauthorized, codeTokenRefused, op)
	case isHTML(a.Header, a.Body):
		return answer{}, uncertain(codeHTML)
	case a.Status >= 500:
		return answer{}, uncertain(codeUnavailable)
	case a.Status == http.StatusForbidden:
		return answer{}, refused(fault.Misconfigured, codeWrongCompany)
	case a.Status == http.StatusNotFound && method == http.MethodPut:
		return answer{}, refused(fault.NotFound, codeNotFound)
	case a.Status == http.StatusConflict:
		return answer{}, refused(fault.Conflict, codeConflict)
	case a.Status == http.StatusRequestTimeout:
		return answer{}, uncertain(codeUnavailable)
	case a.Status >= 400:
		return answer{}, refused(fault.Rejected, codeBooksRefused)
	case a.Status >= 300 || a.Status < 200:
		return answer{}, uncertain(codeRedirected)
	}
	read, err := readAnswer(a.Body)
	if err != nil {
		return answer{}, uncertain(codeUnreadable)
	}
	if read.trouble == nil {
		return read, nil
	}
	if s.ErrorIn200 == ErrorRefusal || read.trouble.numbers > 0 {
		return answer{}, refused(fault.Rejected, codeBooksRefused)
	}
	return answer{}, fault.New(fault.Uncertain, codeBooksError, op).WithDetail(read.trouble.message)
}

// message is the text for people in an error body; empty when there is none.
func message(a httpx.Answer) string {
	read, err := readAnswer(a.Body)
	if err != nil || read.trouble == nil {
		return ""
	}
	return read.trouble.message
}
