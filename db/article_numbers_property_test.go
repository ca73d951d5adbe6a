package db_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
	"github.com/koppel/koppel/internal/fault"
	"github.com/koppel/koppel/internal/testkit"
)

// randomCode is a code as shops have them: mostly numbers, some with zeros in front,
// some of the range of aliases, some too long, some with letters in either case.
func randomCode(random *rand.Rand) string {
	digits := func(n int) string {
		text := make([]byte, n)
		for i := range text {
			text[i] = byte('0' + random.IntN(10))
		}
		return string(text)
	}
	switch random.IntN(10) {
	case 0:
		return "0" + digits(1+random.IntN(7))
	case 1:
		return strconv.FormatInt(numberRules.First+random.Int64N(3_000_000), 10)
	case 2:
		return "1" + digits(17+random.IntN(4))
	case 3, 4:
		const letters = "ABCDEabcde-./ "
		text := []byte("X" + digits(random.IntN(6)))
		for range 1 + random.IntN(5) {
			text = append(text, letters[random.IntN(len(letters))])
		}
		return string(text)
	default:
		return strconv.Itoa(1+random.IntN(9)) + digits(random.IntN(9))
	}
}

// TestNumbers_AMillionRandomCodesNeverShareOne gives numbers to a million codes, by
// two givers at one time, and asks for all of them again over a new connection.
func TestNumbers_AMillionRandomCodesNeverShareOne(t *testing.T) {
	t.Parallel()
	url := testkit.DatabaseURL(t)
	random := rand.New(rand.NewPCG(2026, 11))
	const all, atOnce = 1_000_000, 25_000
	codes := make([]string, all)
	for i := range codes {
		codes[i] = randomCode(random)
	}
	rules := numberRules
	rules.LeadingZeros = domain.ZerosStrip
	pool, err := pgxpool.New(t.Context(), url)
	require.NoError(t, err)
	n := db.Numbers{DB: pool}

	// As a complete reading does: every code is noted before any alias is given.
	batches := slices.Collect(slices.Chunk(codes, atOnce))
	eachOfTwo(t, batches, func(some []string) error { return n.Register(t.Context(), "shop", rules, 1, some) })
	require.NoError(t, n.Registered(t.Context(), "shop", 1))
	var mu sync.Mutex
	numberOf := map[string]string{}
	eachOfTwo(t, batches, func(some []string) error {
		numbers, _, err := n.Of(t.Context(), "shop", rules, some)
		mu.Lock()
		defer mu.Unlock()
		for code, number := range numbers {
			if was, met := numberOf[code]; met && was != number {
				return fmt.Errorf("%q was %s and is %s", code, was, number)
			}
			numberOf[code] = number
		}
		return err
	})
	pool.Close()

	pool, err = pgxpool.New(t.Context(), url)
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	n.DB = pool
	owner, refused := map[string]string{}, 0
	for _, some := range batches {
		numbers, none, err := n.Of(t.Context(), "shop", rules, some)
		require.NoError(t, err)
		for _, code := range some {
			key := reconcile.NumberKey(code)
			number, given := numbers[code]
			if !given {
				refused++
				requireCollision(t, none[code], code)
				continue
			}
			if holder, taken := owner[number]; taken && holder != key {
				t.Fatalf("%q and %q share %s", holder, key, number)
			}
			owner[number] = key
			if numberOf[code] != number {
				t.Fatalf("%q was %s and is %s", code, numberOf[code], number)
			}
			if asked := reconcile.NumberFor(code, rules); asked.Plain != 0 && strconv.FormatInt(asked.Plain, 10) != number {
				t.Fatalf("%q is a number and got %s", code, number)
			}
		}
	}
	require.Greater(t, len(owner), 600_000)
	require.Positive(t, refused, "some codes with zeros in front meet others")
	var rows, distinct int
	err = pool.QueryRow(t.Context(), "select count(*), count(distinct number) from article_number where number is not null").Scan(&rows, &distinct)
	require.NoError(t, err)
	require.Equal(t, []int{len(owner), len(owner)}, []int{rows, distinct}, "asking again gave nothing new")
}

func requireCollision(t *testing.T, why *fault.Error, code string) {
	t.Helper()
	if why == nil || why.Code != reconcile.CodeNumberCollides || !strings.Contains(why.Key, ", ") {
		t.Fatalf("%q: %v", code, why)
	}
}

// eachOfTwo lets two workers go through the batches side by side.
func eachOfTwo(t *testing.T, batches [][]string, do func(some []string) error) {
	t.Helper()
	var workers sync.WaitGroup
	failed := make(chan error, 2)
	for worker := range 2 {
		workers.Go(func() {
			for i := worker; i < len(batches); i += 2 {
				if err := do(batches[i]); err != nil {
					failed <- fmt.Errorf("batch %d: %w", i, err)
					return
				}
			}
		})
	}
	workers.Wait()
	close(failed)
	for err := range failed {
		require.NoError(t, err)
	}
}
