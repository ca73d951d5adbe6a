package db

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/koppel/koppel/db/store"
)

// Version is one version of a document, without its text.
type Version struct {
	Number int
	Author string
	Note   string
	At     time.Time
}

// Version reads one version; ErrNoVersion when there is none of that number.
func (d Documents) Version(ctx context.Context, integration string, number int) (Version, []byte, error) {
	if number < 1 || number > math.MaxInt32 {
		return Version{}, nil, fmt.Errorf("%q version %d: %w", integration, number, ErrNoVersion)
	}
	row, err := Q.DocumentGet(ctx, d.DB, store.DocumentGetParams{Integration: integration, Version: int32(number)})
	if IsNotFound(err) {
		return Version{}, nil, fmt.Errorf("%q version %d: %w", integration, number, ErrNoVersion)
	}
	if err != nil {
		return Version{}, nil, fmt.Errorf("read document %s version %d: %w", integration, number, err)
	}
	return Version{Number: int(row.Version), Author: row.Author, Note: row.Note, At: row.CreatedAt}, []byte(row.Yaml), nil
}

// Versions lists the versions below a number, the newest first; below 0: all.
func (d Documents) Versions(ctx context.Context, integration string, below, most int) ([]Version, error) {
	if below <= 0 || below > math.MaxInt32 {
		below = math.MaxInt32
	}
	rows, err := Q.DocumentList(ctx, d.DB, store.DocumentListParams{Integration: integration, Below: int32(below), Most: int32(most)})
	if err != nil {
		return nil, fmt.Errorf("list the versions of %s: %w", integration, err)
	}
	versions := make([]Version, len(rows))
	for i, row := range rows {
		versions[i] = Version{Number: int(row.Version), Author: row.Author, Note: row.Note, At: row.CreatedAt}
	}
	return versions, nil
}
