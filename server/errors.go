package server

import (
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/server/refusal"
)

// refuse answers every error of every handler: a JSON body that says what to do.
// What went wrong inside is logged, here and nowhere else, and never answered.
func refuse(log *slog.Logger) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			return
		}
		r := refusalOf(err)
		if r.Status >= http.StatusInternalServerError {
			logRefusal(log, r, c)
		}
		if r.RetryAfter > 0 {
			c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(r.RetryAfter.Seconds()))))
		}
		c.Response().Header().Set("Cache-Control", "no-store")
		if c.Request().Method == http.MethodHead {
			_ = c.NoContent(r.Status) // whoever asked has gone
			return
		}
		_ = c.JSON(r.Status, map[string]any{"error": r})
	}
}

func logRefusal(log *slog.Logger, r *refusal.Refusal, c echo.Context) {
	attrs := []any{"code", r.Code, "request_id", requestIDOf(c), "error", r}
	if p, ok := errors.AsType[*panicked](r); ok {
		attrs = append(attrs, "stack", string(p.stack))
	}
	log.Error("request failed", attrs...)
}

func refusalOf(err error) *refusal.Refusal {
	if r, ok := errors.AsType[*refusal.Refusal](err); ok {
		return r
	}
	if tooLarge, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return refusal.TooLarge(tooLarge.Limit)
	}
	h, ok := errors.AsType[*echo.HTTPError](err)
	switch {
	case ok && h.Code == http.StatusNotFound:
		return refusal.New(http.StatusNotFound, "no_such_page", "There is nothing at this address.",
			"The status page is at /, webhooks are at /webhooks/<integration>/<flow>, the API is at /api.")
	case ok && h.Code == http.StatusMethodNotAllowed:
		return refusal.New(http.StatusMethodNotAllowed, "method_not_allowed", "This address does not take this method.",
			"Pages are read with GET, webhooks are sent with POST.")
	case ok && h.Code < http.StatusInternalServerError:
		return refusal.New(h.Code, "bad_request", "The request cannot be understood.", "Check how it is made.").Because(err)
	default:
		return refusal.Unforeseen(err)
	}
}
