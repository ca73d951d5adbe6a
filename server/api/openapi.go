package api

import (
	"net/http"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/koppel/koppel/server/refusal"
)

// Refused is every answer that is not what was asked for.
type Refused struct {
	Error refusal.Refusal `json:"error"`
}

// Describe writes the OpenAPI document of the table of routes.
func Describe(routes []Route) map[string]any {
	known := newSchemas()
	paths := map[string]map[string]any{}
	for _, route := range routes {
		path := parameter.ReplaceAllString(route.Path, "{$1}")
		if paths[path] == nil {
			paths[path] = map[string]any{}
		}
		paths[path][strings.ToLower(route.Method)] = operation(known, route)
	}
	return map[string]any{
		"openapi": "3.1.0",
		"info": map[string]any{
			"title": "Koppel", "version": "1",
			"description": "Every route needs a bearer token; its scope says what it may do: read, operate or admin. Answers may gain keys.",
		},
		"security":   []any{map[string]any{"token": []string{}}},
		"paths":      paths,
		"components": map[string]any{"schemas": known.known, "securitySchemes": map[string]any{"token": map[string]any{"type": "http", "scheme": "bearer"}}},
	}
}

var parameter = regexp.MustCompile(`:([a-z_]+)`)

func operation(known schemas, route Route) map[string]any {
	refused := map[string]any{"description": "Refused", "content": content(known, jsonOf[Refused]())}
	responses := map[string]any{"default": refused}
	for _, answer := range route.Gives {
		addAnswer(known, responses, answer)
	}
	described := map[string]any{
		"summary": route.Summary, "operationId": strings.ToLower(route.Method) + operationName(route.Path),
		"description": strings.TrimSpace("Needs scope " + string(route.Scope) + ". " + route.Detail),
		"x-scope":     string(route.Scope), "responses": responses,
	}
	if parameters := parametersOf(known, route); len(parameters) > 0 {
		described["parameters"] = parameters
	}
	if len(route.Takes) > 0 {
		bodies := map[string]any{}
		for _, body := range route.Takes {
			addBody(known, bodies, body)
		}
		described["requestBody"] = map[string]any{"required": true, "content": bodies}
	}
	return described
}

// addAnswer adds an answer; two of one status are one in several media types.
func addAnswer(known schemas, responses map[string]any, answer Answer) {
	status := strconv.Itoa(answer.Status)
	response, again := responses[status].(map[string]any)
	if !again {
		response = map[string]any{"description": http.StatusText(answer.Status)}
		responses[status] = response
	}
	if answer.Body.Type != nil {
		bodies, _ := response["content"].(map[string]any)
		if bodies == nil {
			bodies = map[string]any{}
		}
		addBody(known, bodies, answer.Body)
		response["content"] = bodies
	}
	for _, header := range answer.Headers {
		headers, _ := response["headers"].(map[string]any)
		if headers == nil {
			headers = map[string]any{}
		}
		headers[header.Name] = map[string]any{"description": header.Text, "schema": schema{"type": "string"}}
		response["headers"] = headers
	}
}

func content(known schemas, body Body) map[string]any {
	bodies := map[string]any{}
	addBody(known, bodies, body)
	return bodies
}

// addBody adds a body; a second one in the same media type is another form that it may have.
func addBody(known schemas, bodies map[string]any, body Body) {
	of := known.of(body.Type)
	if before, again := bodies[body.media()].(map[string]any); again {
		of = schema{"anyOf": []any{before["schema"], of}}
	}
	bodies[body.media()] = map[string]any{"schema": of}
}

func parametersOf(known schemas, route Route) []any {
	var parameters []any
	for _, name := range parameter.FindAllStringSubmatch(route.Path, -1) {
		parameters = append(parameters, map[string]any{"name": name[1], "in": "path", "required": true, "schema": schema{"type": "string"}})
	}
	for _, param := range route.Params {
		of := param.Type
		if of == nil {
			of = reflect.TypeFor[string]()
		}
		parameters = append(parameters, map[string]any{"name": param.Name, "in": param.In, "description": param.Text, "schema": known.of(of)})
	}
	return parameters
}

// operationName turns a path into a name: /api/integrations/:slug into IntegrationsSlug.
func operationName(path string) string {
	var name strings.Builder
	for _, word := range strings.FieldsFunc(strings.TrimPrefix(path, "/api"), func(r rune) bool { return strings.ContainsRune("/:._-", r) }) {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return name.String()
}
