package server

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/server/refusal"
)

const (
	// bodyLimit is the largest body that is read, in bytes.
	bodyLimit = 1 << 20
	// requestTimeout is how long a request may wait for the database and Temporal together.
	requestTimeout = 10 * time.Second
)

func use(e *echo.Echo, log *slog.Logger) {
	e.Use(requestID, logRequests(log), recoverPanics, secureHeaders, bounded)
}

var plainID = regexp.MustCompile(`^[A-Za-z0-9._-]{1,64}$`)

// requestID gives each request a name that its answer and its log line carry. A
// sender's own is kept when it is plain.
func requestID(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		id := c.Request().Header.Get(echo.HeaderXRequestID)
		if !plainID.MatchString(id) {
			id = uuid.NewString()
		}
		c.Response().Header().Set(echo.HeaderXRequestID, id)
		return next(c)
	}
}

func requestIDOf(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

// logRequests writes one line for each request, with its path and never its
// query. A path that is not ours is not repeated: it may hold anything.
func logRequests(log *slog.Logger) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			begun := time.Now()
			if err := next(c); err != nil {
				c.Error(err)
			}
			path, level := c.Request().URL.Path, slog.LevelInfo
			switch {
			case c.Path() == "" || c.Response().Status == http.StatusNotFound:
				path = "(not ours)"
			case path == pathHealth || path == pathReady || path == pathMetrics || strings.HasPrefix(path, pathAssets):
				level = slog.LevelDebug
			}
			log.Log(c.Request().Context(), level, "request", "method", methodOf(c.Request()), "path", path,
				"status", c.Response().Status, "took", time.Since(begun), "request_id", requestIDOf(c))
			return nil
		}
	}
}

// methodOf keeps a made-up method out of the log.
func methodOf(r *http.Request) string {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return r.Method
	default:
		return "other"
	}
}

// panicked is a panic as an error. What was panicked with may hold anything, so
// only the runtime's own words are kept, and the stack without arguments' values.
type panicked struct {
	what  string
	stack []byte
}

func (p *panicked) Error() string { return "panic: " + p.what }

func recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			value := recover()
			switch value := value.(type) {
			case nil:
			case runtime.Error:
				err = &panicked{what: value.Error(), stack: debug.Stack()}
			default:
				if value == http.ErrAbortHandler {
					panic(value) // the standard library's way to break off an answer
				}
				err = &panicked{what: fmt.Sprintf("%T", value), stack: debug.Stack()}
			}
		}()
		return next(c)
	}
}

func secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; "+
			"base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		return next(c)
	}
}

// bounded limits what a request may take: bytes and time.
func bounded(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		request := c.Request()
		if request.ContentLength > bodyLimit {
			c.Response().Header().Set("Connection", "close") // the body is not read, so nothing can follow it
			return refusal.TooLarge(bodyLimit)
		}
		ctx, cancel := context.WithTimeout(request.Context(), requestTimeout)
		defer cancel()
		request.Body = http.MaxBytesReader(c.Response(), request.Body, bodyLimit)
		c.SetRequest(request.WithContext(ctx))
		return next(c)
	}
}
