package mplus

import (
	"errors"
	"net/http"
	"strings"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/soap"
)

// faultFromAnswer classifies an answer that is not the payload asked for. readErr
// is what reading its envelope said; nil means an envelope of another kind.
func faultFromAnswer(op operation, status int, readErr error) *fault.Error {
	told, isFault := errors.AsType[*soap.Fault](readErr)
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		f := fault.New(fault.Unauthorized, "till_credentials_refused", op.op())
		if isFault {
			f = f.WithDetail(vendorWords(told))
		}
		return f
	case isFault:
		return faultFromSOAPFault(op, told)
	case status/100 == 3, status == http.StatusNotFound, status == http.StatusMethodNotAllowed:
		return fault.New(fault.Misconfigured, "till_address_wrong", op.op())
	case status == http.StatusRequestTimeout, status >= 500:
		return unclear(op, "till_failed").Because(readErr)
	case status >= 400:
		return refused(op)
	case errors.Is(readErr, soap.ErrHTML):
		return unclear(op, "answer_is_html").Because(readErr)
	case errors.Is(readErr, soap.ErrTruncated):
		return unclear(op, "answer_cut").Because(readErr)
	case readErr != nil:
		return unclear(op, "answer_not_understood").Because(readErr)
	default:
		return unclear(op, "answer_unexpected")
	}
}

// faultFromSOAPFault tells whose fault it is, by the class of its code: Client
// (the request or our rights) or Server (the till itself). The vendor publishes
// no list of codes; Client.Authentication is the one its own client names. The
// SOAP fault is not kept as a cause: its sentences may repeat what we sent.
func faultFromSOAPFault(op operation, told *soap.Fault) *fault.Error {
	_, sub, _ := strings.Cut(told.Code, ".")
	switch {
	case told.IsClient() && strings.HasPrefix(strings.ToLower(sub), "auth"):
		return fault.New(fault.Unauthorized, "till_credentials_refused", op.op()).WithDetail(vendorWords(told))
	case told.IsClient(), strings.EqualFold(told.Code, "VersionMismatch"), strings.EqualFold(told.Code, "MustUnderstand"):
		return refused(op).WithDetail(vendorWords(told))
	default:
		return unclear(op, "till_failed").WithDetail(vendorWords(told))
	}
}

// refused: the till does not accept the request. About one record it is that
// record's fate; a list that is refused will be refused for ever.
func refused(op operation) *fault.Error {
	if op.record || op.writes() {
		return fault.New(fault.Rejected, "till_refused_request", op.op())
	}
	return fault.New(fault.Misconfigured, "till_refused_request", op.op())
}

// unclear: no usable answer. A write may have been done all the same.
func unclear(op operation, code string) *fault.Error {
	if op.writes() {
		return fault.New(fault.Uncertain, code, op.op())
	}
	return fault.New(fault.Unavailable, code, op.op())
}

func vendorWords(told *soap.Fault) string {
	return strings.TrimSpace(told.String + "\n" + told.Detail)
}

// withoutCredentials blanks the credentials in the till's own words, should it
// ever repeat what it was sent.
func (c *Client) withoutCredentials(f *fault.Error) *fault.Error {
	detail := f.Detail()
	for _, word := range []string{c.settings.Secret.Reveal(), c.settings.Ident.Reveal()} {
		detail = strings.ReplaceAll(detail, word, "[secret]")
	}
	return f.WithDetail(detail)
}
