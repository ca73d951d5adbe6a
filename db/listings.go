package db

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/secret"
)

// Listings keeps the lists that the connected systems told of themselves, sealed
// with the master key: some name people.
type Listings struct {
	DB  *pgxpool.Pool
	Box *secret.Box
}

// ListingAge says how old a list is, and how long, without what is in it.
type ListingAge struct {
	Kind      domain.ListKind
	Items     int
	FetchedAt time.Time
}

// Put stores lists, all or none. A list that is not among them stays as it was.
func (l Listings) Put(ctx context.Context, integration string, lists domain.Listings) error {
	return pgx.BeginFunc(ctx, l.DB, func(tx pgx.Tx) error {
		for kind, items := range lists {
			plain, err := json.Marshal(items)
			if err != nil {
				return fmt.Errorf("write list %s: %w", kind, err)
			}
			sealed, err := l.Box.Seal(plain, listingPlace(integration, kind))
			if err != nil {
				return err
			}
			err = Q.ListingPut(ctx, tx, store.ListingPutParams{
				Integration: integration, Kind: string(kind), Sealed: sealed, Items: int32(len(items)),
			})
			if err != nil {
				return fmt.Errorf("store list %s: %w", kind, err)
			}
		}
		return nil
	})
}

// Get reads all lists of an integration. What was never fetched is not there.
func (l Listings) Get(ctx context.Context, integration string) (domain.Listings, error) {
	rows, err := Q.ListingAll(ctx, l.DB, integration)
	if err != nil {
		return nil, fmt.Errorf("read the lists of %s: %w", integration, err)
	}
	lists := domain.Listings{}
	for _, row := range rows {
		kind := domain.ListKind(row.Kind)
		plain, err := l.Box.Open(row.Sealed, listingPlace(integration, kind))
		if err != nil {
			return nil, err
		}
		items := []domain.ListedItem{}
		if err := json.Unmarshal(plain, &items); err != nil {
			return nil, fmt.Errorf("the stored list %s is damaged", kind)
		}
		lists[kind] = items
	}
	return lists, nil
}

// Ages says of each list how old and how long it is.
func (l Listings) Ages(ctx context.Context, integration string) ([]ListingAge, error) {
	rows, err := Q.ListingAges(ctx, l.DB, integration)
	if err != nil {
		return nil, fmt.Errorf("read the ages of the lists of %s: %w", integration, err)
	}
	ages := make([]ListingAge, len(rows))
	for i, row := range rows {
		ages[i] = ListingAge{Kind: domain.ListKind(row.Kind), Items: int(row.Items), FetchedAt: row.FetchedAt}
	}
	return ages, nil
}

func listingPlace(integration string, kind domain.ListKind) string {
	return "listing/" + integration + "/" + string(kind)
}
