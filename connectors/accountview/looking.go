package accountview

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

// look makes a read as it stands and gives the answer as it came, whatever its
// status: for a probe that wants to know how the API answers.
func (b *Books) look(ctx context.Context, q Query, company string) (httpx.Answer, error) {
	var came httpx.Answer
	err := b.authorized(ctx, func(token Token) error {
		header := bearer(token)
		header["X-Company"] = []string{company}
		return b.consent.calls.do(ctx, httpx.Call{
			Op: q.op(), Method: http.MethodGet, URL: b.settings.BaseURL + q.path(), Header: header,
		}, func(a httpx.Answer) error {
			if a.Status == http.StatusUnauthorized {
				return fault.New(fault.Unauthorized, codeTokenRefused, system+" "+q.op())
			}
			came = a
			return nil
		})
	})
	return came, err
}

// firstTable is the name of the first member of an answer: the main table, as
// clients take it.
func firstTable(body []byte) string {
	decoder := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))))
	if open, err := decoder.Token(); err != nil || open != json.Delim('{') {
		return ""
	}
	name, err := decoder.Token()
	if err != nil {
		return ""
	}
	text, _ := name.(string)
	return text
}
