package db

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/internal/secret"
)

// APITokens keeps who may use /api. What a token is, only its holder knows: the
// database has its hash. It needs no salt and no slow hash, because 256 random
// bits cannot be guessed.
type APITokens struct {
	DB *pgxpool.Pool
}

// APIToken is a token without what it is.
type APIToken struct {
	ID         int64
	Name       string
	Scope      Scope
	CreatedAt  time.Time
	CreatedBy  string
	LastUsedAt *time.Time // nil: never; to the minute
	RevokedAt  *time.Time // nil: in force
}

var (
	// ErrNoAPIToken says that a token is not known, or was revoked.
	ErrNoAPIToken = errors.New("no such token")
	// ErrAPITokenName says that a token in force has that name already.
	ErrAPITokenName = errors.New("there is a token of that name")
)

// apiToken is the form of a token. It begins with our name, so that a leaked one
// is recognised wherever it turns up, and names the row to compare it with.
var apiToken = regexp.MustCompile(`^koppel_([1-9][0-9]{0,17})_([0-9A-Za-z]{43})$`)

// Create makes a token. What it gives is not kept and cannot be had again.
func (t APITokens) Create(ctx context.Context, name string, scope Scope, createdBy string) (secret.Text, error) {
	random, err := randomBase62()
	if err != nil {
		return "", err
	}
	hash := sha256.Sum256([]byte(random))
	id, err := Q.ApiTokenPut(ctx, t.DB, store.ApiTokenPutParams{Name: name, Scope: string(scope), Hash: hash[:], CreatedBy: createdBy})
	if refused, ok := errors.AsType[*pgconn.PgError](err); ok && refused.Code == uniqueViolation {
		return "", fmt.Errorf("%q: %w", name, ErrAPITokenName)
	}
	if err != nil {
		return "", fmt.Errorf("store token %q: %w", name, err)
	}
	return secret.Text(fmt.Sprintf("koppel_%d_%s", id, random)), nil
}

const uniqueViolation = "23505"

// randomBase62 writes 256 random bits in letters and digits, always 43 of them.
func randomBase62() (string, error) {
	var bits [32]byte
	if _, err := rand.Read(bits[:]); err != nil {
		return "", fmt.Errorf("make a token: %w", err)
	}
	text := new(big.Int).SetBytes(bits[:]).Text(62)
	return strings.Repeat("0", 43-len(text)) + text, nil
}

// Find gives the token that was shown; ErrNoAPIToken when it is none of ours or
// was revoked. How long it takes says nothing about the secret part.
func (t APITokens) Find(ctx context.Context, shown secret.Text) (APIToken, error) {
	parts := apiToken.FindStringSubmatch(shown.Reveal())
	if parts == nil {
		return APIToken{}, ErrNoAPIToken
	}
	id, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return APIToken{}, ErrNoAPIToken
	}
	row, err := Q.ApiTokenGet(ctx, t.DB, id)
	if IsNotFound(err) {
		return APIToken{}, ErrNoAPIToken
	}
	if err != nil {
		return APIToken{}, fmt.Errorf("read a token: %w", err)
	}
	hash := sha256.Sum256([]byte(parts[2]))
	if subtle.ConstantTimeCompare(hash[:], row.Hash) != 1 {
		return APIToken{}, ErrNoAPIToken
	}
	return apiTokenOf(row), nil
}

// useNoted is how old the noted use of a token may be before it is noted again.
const useNoted = time.Minute

// Used notes that a token was used just now, at most once a minute.
func (t APITokens) Used(ctx context.Context, token APIToken) error {
	if token.LastUsedAt != nil && time.Since(*token.LastUsedAt) < useNoted {
		return nil
	}
	if err := Q.ApiTokenUsed(ctx, t.DB, token.ID); err != nil {
		return fmt.Errorf("note the use of a token: %w", err)
	}
	return nil
}

// Exist reports whether any token is in force.
func (t APITokens) Exist(ctx context.Context) (bool, error) {
	exist, err := Q.ApiTokenExists(ctx, t.DB)
	if err != nil {
		return false, fmt.Errorf("read the tokens: %w", err)
	}
	return exist, nil
}

// List gives all tokens, those that were revoked too.
func (t APITokens) List(ctx context.Context) ([]APIToken, error) {
	rows, err := Q.ApiTokenList(ctx, t.DB)
	if err != nil {
		return nil, fmt.Errorf("list the tokens: %w", err)
	}
	tokens := make([]APIToken, len(rows))
	for i, row := range rows {
		tokens[i] = apiTokenOf(row)
	}
	return tokens, nil
}

// Revoke ends the token of that name, from the next request on; ErrNoAPIToken
// when none in force is called so.
func (t APITokens) Revoke(ctx context.Context, name string) error {
	rows, err := Q.ApiTokenRevoke(ctx, t.DB, name)
	if err != nil {
		return fmt.Errorf("revoke token %q: %w", name, err)
	}
	if rows == 0 {
		return fmt.Errorf("%q: %w", name, ErrNoAPIToken)
	}
	return nil
}

func apiTokenOf(row store.ApiToken) APIToken {
	return APIToken{
		ID: row.ID, Name: row.Name, Scope: Scope(row.Scope), CreatedAt: row.CreatedAt, CreatedBy: row.CreatedBy,
		LastUsedAt: row.LastUsedAt, RevokedAt: row.RevokedAt,
	}
}
