package api

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"
	"go.temporal.io/sdk/temporal"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/telemetry"
	"github.com/koppel/koppel/server/refusal"
	"github.com/koppel/koppel/workflows"
)

// AskedLoad says how fast an initial load may go.
type AskedLoad struct {
	PerMinute int `json:"per_minute,omitempty" doc:"records; 0: as fast as the limits of both systems allow"`
}

// AskedNothing is a body that says no more than its address.
type AskedNothing struct{}

func (h *Handler) loadRoutes() []Route {
	const at = "/api/integrations/:slug/flows/:flow/load"
	gives := []Answer{{Status: http.StatusOK, Body: jsonOf[Load]()}}
	return []Route{
		{
			Method: http.MethodGet, Path: at, Scope: db.ScopeRead, Handle: h.getLoad,
			Summary: "Read how far the initial load of a flow is", Gives: gives,
		},
		{
			Method: http.MethodPost, Path: at, Scope: db.ScopeOperate, Handle: h.startLoad,
			Summary: "Start the initial load of a flow from the books to the till", Detail: "The flow may run beside it; there is one load of a flow at a time.",
			Takes: []Body{jsonOf[AskedLoad]()}, Gives: gives,
		},
		{
			Method: http.MethodPost, Path: at + "/pause", Scope: db.ScopeOperate, Handle: h.pauseLoad,
			Summary: "Let an initial load stand still", Takes: []Body{jsonOf[AskedNothing]()}, Gives: gives,
		},
		{
			Method: http.MethodPost, Path: at + "/resume", Scope: db.ScopeOperate, Handle: h.resumeLoad,
			Summary: "Let a paused load go on where it was", Takes: []Body{jsonOf[AskedNothing]()}, Gives: gives,
		},
		{
			Method: http.MethodPost, Path: at + "/pace", Scope: db.ScopeOperate, Handle: h.paceLoad,
			Summary: "Set how fast an initial load may go", Takes: []Body{jsonOf[AskedLoad]()}, Gives: gives,
		},
		{
			Method: http.MethodPost, Path: at + "/stop", Scope: db.ScopeOperate, Handle: h.stopLoad,
			Summary: "End an initial load where it is", Takes: []Body{jsonOf[AskedNothing]()}, Gives: gives,
		},
	}
}

// loads finds the flow that a request is about.
func (h *Handler) loads(c echo.Context) (Loads, error) {
	if _, err := h.documentInForce(c); err != nil {
		return Loads{}, err
	}
	flow, known := workflows.FlowNamed(c.Param("flow"))
	switch {
	case !known:
		return Loads{}, unknownFlow()
	case !flow.FromBooks():
		return Loads{}, badQuestion("only the flows from the books to the till have an initial load")
	}
	return Loads{Temporal: h.Temporal, Integration: c.Param("slug"), Flow: flow}, nil
}

func (h *Handler) getLoad(c echo.Context) error {
	loads, err := h.loads(c)
	if err != nil {
		return err
	}
	return answerLoad(c, loads)
}

func (h *Handler) startLoad(c echo.Context) error {
	return steer(h, c, func(loads Loads, asked AskedLoad) error {
		if problem := workflows.PaceProblem(asked.PerMinute); problem != "" {
			return badQuestion(problem)
		}
		return loads.Start(c.Request().Context(), asked.PerMinute)
	})
}

func (h *Handler) pauseLoad(c echo.Context) error {
	return steer(h, c, func(loads Loads, _ AskedNothing) error {
		return loads.Decide(c.Request().Context(), workflows.UpdatePause, workflows.PauseLoad{By: authorOf(c)})
	})
}

func (h *Handler) resumeLoad(c echo.Context) error {
	return steer(h, c, func(loads Loads, _ AskedNothing) error {
		return loads.Decide(c.Request().Context(), workflows.UpdateResume, workflows.ResumeLoad{By: authorOf(c)})
	})
}

func (h *Handler) paceLoad(c echo.Context) error {
	return steer(h, c, func(loads Loads, asked AskedLoad) error {
		if problem := workflows.PaceProblem(asked.PerMinute); problem != "" {
			return badQuestion(problem)
		}
		return loads.Decide(c.Request().Context(), workflows.UpdateSetPace, workflows.SetPace{PerMinute: asked.PerMinute, By: authorOf(c)})
	})
}

func (h *Handler) stopLoad(c echo.Context) error {
	return steer(h, c, func(loads Loads, _ AskedNothing) error { return loads.Stop(c.Request().Context()) })
}

// steer does what is asked of a load, and answers how it stands then.
func steer[T any](h *Handler, c echo.Context, do func(Loads, T) error) error {
	loads, err := h.loads(c)
	if err != nil {
		return err
	}
	asked, err := decode[T](c)
	if err != nil {
		return err
	}
	if err := do(loads, asked); err != nil {
		return refusedLoad(err)
	}
	h.Log.Info("load steered", telemetry.KeyIntegration, loads.Integration, telemetry.KeyFlow, loads.Flow.Name, "path", c.Path(), "by", authorOf(c))
	return answerLoad(c, loads)
}

func answerLoad(c echo.Context, loads Loads) error {
	load, err := loads.Status(c.Request().Context())
	if err != nil {
		return refusedLoad(err)
	}
	return c.JSON(http.StatusOK, load)
}

func refusedLoad(err error) error {
	if refused, ok := errors.AsType[*LoadRefused](err); ok {
		return refusal.New(http.StatusConflict, "load_refused", "The load did not take it: "+refused.Words+".", "GET .../load tells how it stands.")
	}
	if known, ok := errors.AsType[*refusal.Refusal](err); ok {
		return known
	}
	switch {
	case errors.Is(err, ErrNoLoad):
		return refusal.New(http.StatusNotFound, "no_load", "There is no initial load of this flow, or it is longer ago than Temporal keeps.", "POST .../load starts one.")
	case errors.Is(err, ErrLoadEnded):
		return refusal.New(http.StatusConflict, "load_ended", "The initial load of this flow has ended.", "POST .../load starts another: what stands at the till is seen to stand.")
	case errors.Is(err, ErrLoads):
		return refusal.New(http.StatusConflict, "load_under_way", "An initial load of this flow is under way.", "GET .../load tells how far it is; POST .../load/stop ends it.")
	default:
		return refusal.TemporalDown(err)
	}
}

// updateRefused gives why a workflow refused an update, if it did.
func updateRefused(err error) (string, bool) {
	refused, ok := errors.AsType[*temporal.ApplicationError](err)
	if !ok {
		return "", false
	}
	return refused.Message(), true
}
