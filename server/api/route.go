package api

import (
	"reflect"

	"github.com/labstack/echo/v4"

	"github.com/koppel/koppel/db"
)

// Media types of bodies.
const (
	mediaJSON = "application/json"
	mediaYAML = "application/yaml"
	mediaText = "text/plain"
	mediaCSV  = "text/csv"
)

// Route is one line of the table: what is served, to whom, and what the OpenAPI
// document says of it.
type Route struct {
	Method  string
	Path    string // as echo writes it: /api/integrations/:slug
	Scope   db.Scope
	Summary string // one line
	Detail  string // what else a caller must know
	Params  []Param
	Takes   []Body // empty: no body is read
	Gives   []Answer
	Handle  echo.HandlerFunc
}

// Param is what a request says outside its path and body.
type Param struct {
	Name string
	In   string // query or header
	Text string
	Type reflect.Type // nil: text
}

// Body is a body in one media type.
type Body struct {
	Media string // empty: JSON
	Type  reflect.Type
}

// Answer is an answer that is what was asked for. All others are refusals, which
// every route may give.
type Answer struct {
	Status  int
	Body    Body
	Headers []Param
}

// jsonOf is a JSON body that holds a T.
func jsonOf[T any]() Body { return Body{Type: reflect.TypeFor[T]()} }

func (b Body) media() string {
	if b.Media == "" {
		return mediaJSON
	}
	return b.Media
}

// textOf is a body of plain text.
func textOf() Body { return Body{Media: mediaText, Type: reflect.TypeFor[string]()} }
