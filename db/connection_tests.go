package db

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/secret"
)

// ConnectionTests keeps how the last test of each connection ended. What was
// found is sealed; lists are kept apart, by Listings.
type ConnectionTests struct {
	DB  *pgxpool.Pool
	Box *secret.Box
}

// ConnectionTest is the last test of one connection.
type ConnectionTest struct {
	System      string
	Code        string // empty: the connection can do its work
	TestedAt    time.Time
	Checks      []domain.Check
	Assumptions []domain.Assumption
}

// keptFindings is what is sealed of a test.
type keptFindings struct {
	Checks      []domain.Check
	Assumptions []domain.Assumption
}

// Put stores a test in place of the one before.
func (c ConnectionTests) Put(ctx context.Context, integration, system string, found domain.Findings) error {
	plain, err := json.Marshal(keptFindings{found.Checks, found.Assumptions})
	if err != nil {
		return fmt.Errorf("write the test of %s: %w", system, err)
	}
	sealed, err := c.Box.Seal(plain, testPlace(integration, system))
	if err != nil {
		return err
	}
	err = Q.ConnectionTestPut(ctx, c.DB, store.ConnectionTestPutParams{
		Integration: integration, System: system, Code: found.Verdict(), Sealed: sealed,
	})
	if err != nil {
		return fmt.Errorf("store the test of %s: %w", system, err)
	}
	return nil
}

// List reads the last test of each connection that was tested.
func (c ConnectionTests) List(ctx context.Context, integration string) ([]ConnectionTest, error) {
	rows, err := Q.ConnectionTestAll(ctx, c.DB, integration)
	if err != nil {
		return nil, fmt.Errorf("read the connection tests of %s: %w", integration, err)
	}
	tests := make([]ConnectionTest, len(rows))
	for i, row := range rows {
		plain, err := c.Box.Open(row.Sealed, testPlace(integration, row.System))
		if err != nil {
			return nil, err
		}
		var kept keptFindings
		if err := json.Unmarshal(plain, &kept); err != nil {
			return nil, fmt.Errorf("the stored test of %s is damaged", row.System)
		}
		tests[i] = ConnectionTest{
			System: row.System, Code: row.Code, TestedAt: row.TestedAt, Checks: kept.Checks, Assumptions: kept.Assumptions,
		}
	}
	return tests, nil
}

func testPlace(integration, system string) string {
	return "connection_test/" + integration + "/" + system
}
