package api

import (
	"errors"
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
	"github.com/koppel/koppel/server/refusal"
)

// caller is where a request's token stands in its context.
const caller = "api_token"

// guard lets nobody pass to a path under /api who does not show a token, not even
// to learn whether there is anything at it.
func (h *Handler) guard(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if path := c.Request().URL.Path; path != "/api" && !strings.HasPrefix(path, "/api/") {
			return next(c)
		}
		c.Response().Header().Set(echo.HeaderCacheControl, "no-store")
		token, err := h.authenticate(c)
		if err != nil {
			return err
		}
		c.Set(caller, token)
		return named(next(c))
	}
}

// named says in the API's words that there is nothing at an address.
func named(err error) error {
	h, ok := errors.AsType[*echo.HTTPError](err)
	switch {
	case ok && h.Code == http.StatusNotFound:
		return noSuchRoute()
	case ok && h.Code == http.StatusMethodNotAllowed:
		return wrongMethod()
	default:
		return err
	}
}

func (h *Handler) authenticate(c echo.Context) (db.APIToken, error) {
	ctx := c.Request().Context()
	shown, given := bearerOf(c.Request())
	if given {
		token, err := h.tokens().Find(ctx, shown)
		switch {
		case err == nil:
			if err := h.tokens().Used(ctx, token); err != nil { // who may pass is known all the same
				h.Log.Warn("the use of a token could not be noted", "name", token.Name, "error", err)
			}
			return token, nil
		case !errors.Is(err, db.ErrNoAPIToken):
			return db.APIToken{}, refusal.DatabaseDown(err)
		}
	}
	exist, err := h.tokens().Exist(ctx)
	switch {
	case err != nil:
		return db.APIToken{}, refusal.DatabaseDown(err)
	case !exist:
		return db.APIToken{}, switchedOff()
	case given:
		c.Response().Header().Set(echo.HeaderWWWAuthenticate, `Bearer realm="koppel", error="invalid_token"`)
	default:
		c.Response().Header().Set(echo.HeaderWWWAuthenticate, `Bearer realm="koppel"`)
	}
	return db.APIToken{}, unauthorized()
}

// bearerOf reads the token that a request shows, in the one place for it.
func bearerOf(r *http.Request) (shown secret.Text, given bool) {
	headers := r.Header.Values(echo.HeaderAuthorization)
	if len(headers) != 1 {
		return "", false
	}
	scheme, token, ok := strings.Cut(headers[0], " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return "", false
	}
	return secret.Text(strings.TrimSpace(token)), true
}

// guarded lets only those pass whose token reaches as far as the route, with a
// body that the route reads.
func (h *Handler) guarded(route Route) echo.HandlerFunc {
	return func(c echo.Context) error {
		token, ok := c.Get(caller).(db.APIToken)
		if !ok {
			return unauthorized()
		}
		if !token.Scope.Includes(route.Scope) {
			c.Response().Header().Set(echo.HeaderWWWAuthenticate,
				fmt.Sprintf(`Bearer realm="koppel", error="insufficient_scope", scope="%s"`, route.Scope))
			return forbidden(token.Scope, route.Scope)
		}
		if len(route.Takes) > 0 && !slices.ContainsFunc(route.Takes, func(b Body) bool { return b.media() == mediaOf(c) }) {
			return wrongMedia(route.Takes)
		}
		return route.Handle(c)
	}
}

// mediaOf is the media type of a request's body, without its parameters.
func mediaOf(c echo.Context) string {
	media, _, err := mime.ParseMediaType(c.Request().Header.Get(echo.HeaderContentType))
	if err != nil {
		return ""
	}
	return media
}

// authorOf names who asks, for versions and the audit.
func authorOf(c echo.Context) string {
	token, _ := c.Get(caller).(db.APIToken) // guarded let nobody pass without
	return token.Name
}
