package outside

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
)

// Books are the books, with a token of a person's own.
type Books struct {
	Page
	AccessToken, CompanyID string
}

// Column is a field of a row that somebody types in: its name, the letter of its
// type, and what stands in it.
type Column struct {
	Name, Letter string
	Value        any
}

// Enter writes a row, with the rows of a detail table that belong to it, and
// gives the row as the books have it. table and detail name the tables.
func (b Books) Enter(ctx context.Context, object, table string, row []Column, detail string, rows ...[]Column) (map[string]any, error) {
	return b.write(ctx, http.MethodPost, object, table, row, detail, rows)
}

// Change writes over a row that the books have; its key is among the columns.
func (b Books) Change(ctx context.Context, object, table string, row ...Column) (map[string]any, error) {
	return b.write(ctx, http.MethodPut, object, table, row, "", nil)
}

func (b Books) write(ctx context.Context, method, object, table string, row []Column, detail string, rows [][]Column) (map[string]any, error) {
	definition := map[string]any{"Definition": map[string]any{"Name": table, "Fields": fields(rowID, row)}}
	data := map[string]any{"Data": map[string]any{"Rows": []any{map[string]any{"Values": values([]any{"1"}, row)}}}}
	if len(rows) > 0 {
		var lines []any
		for i, r := range rows {
			lines = append(lines, map[string]any{"Values": values([]any{fmt.Sprint(i + 1), "1"}, r)})
		}
		definition["DetailDefinitions"] = []any{map[string]any{"Name": detail, "Fields": fields(append(rowID[:1:1], Column{Name: "HeaderId", Letter: "C"}), rows[0])}}
		data["DetailData"] = []any{map[string]any{"Rows": lines}}
	}
	body, err := json.Marshal(map[string]any{"BusinessObject": object, "Table": definition, "TableData": data})
	if err != nil {
		return nil, err
	}
	tables, err := b.ask(ctx, method, "", body)
	if err != nil {
		return nil, err
	}
	if len(tables[table]) != 1 {
		return nil, fmt.Errorf("%s: the books answered with %d rows", object, len(tables[table]))
	}
	return tables[table][0], nil
}

var rowID = []Column{{Name: "RowId", Letter: "C"}}

func fields(first, columns []Column) []any {
	var all []any
	for _, c := range append(first[:len(first):len(first)], columns...) {
		all = append(all, map[string]any{"Name": c.Name, "FieldType": c.Letter})
	}
	return all
}

func values(all []any, columns []Column) []any {
	for _, c := range columns {
		all = append(all, c.Value)
	}
	return all
}

// Rows reads every row of a business object, by table: its own and those of its
// detail tables.
func (b Books) Rows(ctx context.Context, object string) (map[string][]map[string]any, error) {
	query := url.Values{"BusinessObject": {object}, "PageSize": {"1000"}}
	return b.ask(ctx, http.MethodGet, "?"+query.Encode(), nil)
}

func (b Books) ask(ctx context.Context, method, query string, body []byte) (map[string][]map[string]any, error) {
	status, answer, err := b.Send(ctx, method, "/api/v3/accountviewdata"+query, body, http.Header{
		"Content-Type": {"application/json"}, "Authorization": {"Bearer " + b.AccessToken}, "X-Company": {b.CompanyID},
	})
	if err != nil {
		return nil, err
	}
	if status >= http.StatusMultipleChoices {
		return nil, fmt.Errorf("%s: %d %s", method, status, answer)
	}
	var tables map[string][]map[string]any
	return tables, json.Unmarshal(answer, &tables)
}
