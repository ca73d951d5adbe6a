package accountview

import (
	"context"
	"net/http"
	"strings"

	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/httpx"
)

// BusinessObject is an object of AccountView that this user may see, and what
// the user may do with it.
type BusinessObject struct {
	Code        string
	Description string
	Insert      bool
	Update      bool
	Delete      bool
}

// BusinessObjects lists what the licence and the rights of the user allow.
func (b *Books) BusinessObjects(ctx context.Context) ([]BusinessObject, error) {
	var found []BusinessObject
	err := b.authorized(ctx, func(token Token) error {
		header := bearer(token)
		header["X-Company"] = []string{b.settings.CompanyID}
		return b.consent.calls.do(ctx, httpx.Call{
			Op: "GET business objects", Method: http.MethodGet, URL: b.settings.BaseURL + "/accountviewsystembusinessobjects", Header: header,
		}, func(a httpx.Answer) (err error) {
			found, err = readBusinessObjects(a)
			return err
		})
	})
	return found, err
}

func readBusinessObjects(a httpx.Answer) ([]BusinessObject, error) {
	const op = system + " GET business objects"
	var listed []any
	if a.Status != http.StatusOK || decode(a.Body, &listed) != nil {
		_, err := judgeRead(op, a)
		if err == nil {
			err = fault.New(fault.NotFound, codeNotFound, op)
		}
		return nil, err
	}
	rows, _, err := rowsIn(listed)
	if err != nil {
		return nil, fault.New(fault.Unavailable, codeUnreadable, op)
	}
	objects := make([]BusinessObject, 0, len(rows))
	for _, r := range rows {
		objects = append(objects, BusinessObject{
			Code: strings.ToUpper(r.text("Code")), Description: r.text("Description"),
			Insert: r.flag("InsertAllowed"), Update: r.flag("UpdateAllowed"), Delete: r.flag("DeleteAllowed"),
		})
	}
	return objects, nil
}
