package api

import (
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/shopspring/decimal"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
)

// AskedFix is a fix of a parked order: the edited sale, or a row of a lookup table.
type AskedFix struct {
	Sale any     `json:"sale,omitempty" doc:"as GET .../parked/<number>/sale gives it, edited: the same sale for the same total"`
	Row  *FixRow `json:"row,omitempty" doc:"it becomes a version of the document, so it needs scope admin"`
}

// FixRow is a row that a lookup table lacks.
type FixRow struct {
	Table      string   `json:"table"`
	Key        []string `json:"key" doc:"one text for each key column"`
	Value      string   `json:"value"`
	Percent    string   `json:"percent,omitempty" doc:"VAT tables: 21 for 21 %"`
	ValidFrom  string   `json:"valid_from,omitempty" doc:"YYYY-MM-DD"`
	ValidUntil string   `json:"valid_until,omitempty" doc:"YYYY-MM-DD"`
	Note       string   `json:"note,omitempty" doc:"why, as the version of the document will say"`
}

func (h *Handler) fixRoute(at string) Route {
	return Route{
		Method: http.MethodPost, Path: at + "/:number/fix", Scope: db.ScopeAdmin, Handle: h.fixParked,
		Summary: "Let a parked order pass with an edited sale, or an order or record with a new row of a lookup table",
		Params:  []Param{{Name: "flow", In: "query", Text: "of this flow only, where an order and a record have one number"}},
		Detail:  "The fix is stored encrypted and checked as the flow would go; it takes effect whole or not at all. An accepted fix has the order tried again.",
		Takes:   []Body{jsonOf[AskedFix]()}, Gives: []Answer{{Status: http.StatusOK, Body: jsonOf[ParkedFixed]()}},
	}
}

func (h *Handler) fixParked(c echo.Context) error {
	if _, err := h.documentInForce(c); err != nil {
		return err
	}
	asked, err := decode[AskedFix](c)
	if err != nil {
		return err
	}
	fix := ParkedFix{Integration: c.Param("slug"), Flow: c.QueryParam("flow"), Number: keyIn(c, "number"), By: authorOf(c)}
	if (asked.Sale == nil) == (asked.Row == nil) {
		return malformed("A fix is an edited sale or a row, one of both.", `Send "sale": {...}, or "row": {...}.`)
	}
	if asked.Row == nil {
		if fix.Sale, err = json.Marshal(asked.Sale); err != nil {
			return err
		}
	} else if fix.Row, err = asked.Row.row(); err != nil {
		return malformed("The row is not readable.", "percent is a number such as 21; valid_from and valid_until are days, YYYY-MM-DD.")
	} else {
		fix.Table, fix.Note = asked.Row.Table, asked.Row.Note
	}
	fixed, err := h.Parking.FixParked(c.Request().Context(), fix)
	if err != nil {
		return refusedParking(err)
	}
	return c.JSON(http.StatusOK, fixed)
}

func (r FixRow) row() (row *domain.LookupRow, err error) {
	row = &domain.LookupRow{Key: r.Key, Value: r.Value}
	if r.Percent != "" {
		percent, err := decimal.NewFromString(r.Percent)
		if err != nil {
			return nil, err
		}
		row.Percent = &percent
	}
	if row.ValidFrom, err = domain.ParseDate(r.ValidFrom); err != nil {
		return nil, err
	}
	row.ValidUntil, err = domain.ParseDate(r.ValidUntil)
	return row, err
}
