package outside

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Page is a system that answers over HTTP, at its address.
type Page struct {
	URL string
}

// mostRead bounds an answer.
const mostRead = 64 << 20

// Get reads an answer.
func (p Page) Get(ctx context.Context, path string, into any) error {
	return p.do(ctx, http.MethodGet, path, nil, into)
}

// Post sends a body and reads the answer, unless into is nil.
func (p Page) Post(ctx context.Context, path string, body, into any) error {
	return p.do(ctx, http.MethodPost, path, body, into)
}

// Put does the same to what is there already.
func (p Page) Put(ctx context.Context, path string, body, into any) error {
	return p.do(ctx, http.MethodPut, path, body, into)
}

// Delete takes away what is there.
func (p Page) Delete(ctx context.Context, path string) error {
	return p.do(ctx, http.MethodDelete, path, nil, nil)
}

func (p Page) do(ctx context.Context, method, path string, body, into any) error {
	encoded, err := json.Marshal(body)
	if err != nil {
		return err
	}
	status, answer, err := p.Send(ctx, method, path, encoded, http.Header{"Content-Type": {"application/json"}})
	if err != nil {
		return err
	}
	if status >= http.StatusMultipleChoices {
		return fmt.Errorf("%s %s: %d %s", method, path, status, answer)
	}
	if into == nil {
		return nil
	}
	return json.Unmarshal(answer, into)
}

// Send sends anything and gives the answer as it came.
func (p Page) Send(ctx context.Context, method, path string, body []byte, header http.Header) (status int, answer []byte, err error) {
	req, err := http.NewRequestWithContext(ctx, method, p.URL+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	if header != nil {
		req.Header = header
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	answer, err = io.ReadAll(io.LimitReader(resp.Body, mostRead))
	return resp.StatusCode, answer, err
}
