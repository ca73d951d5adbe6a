package mplus

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// relationIndex tells which customers of the till may hold a key. The till itself
// finds one customer by one text, says nothing of a second, and does not search by
// VAT number. So all are read once, and afterwards only what changed: by their sync
// marker, as orders are. What is kept is fingerprints, and what they point at is read
// again before anything is done with it.
type relationIndex struct {
	mu      sync.Mutex
	marker  int64
	numbers map[uint64][]int64
}

// relationsAtOnce is how many customers one call reads (reference: no more than that).
const relationsAtOnce = 1000

// relationKeys are the keys by which customers are looked up.
var relationKeys = []connectors.CustomerKey{connectors.ByNumber, connectors.ByExternalNumber, connectors.ByVATNumber, connectors.ByEmail}

// FindRelations looks customers up by their keys.
func (c *Client) FindRelations(ctx context.Context, wanted []connectors.RelationLookup) ([][]connectors.HeldRecord, error) {
	found := make([][]connectors.HeldRecord, len(wanted))
	candidates, err := c.candidates(ctx, wanted)
	if err != nil || len(candidates) == 0 {
		return found, err
	}
	err = c.relationsWith(ctx, candidates, func(relation elementOut) error {
		record, err := c.heldRelation(ctx, relation)
		if err != nil {
			return err
		}
		for i, look := range wanted {
			if key := spelledKey(look.By, look.Value); key != "" && key == c.keyOf(look.By, relation) {
				found[i] = append(found[i], record)
			}
		}
		return nil
	})
	return found, err
}

// candidates are the customers that may hold one of the keys.
func (c *Client) candidates(ctx context.Context, wanted []connectors.RelationLookup) ([]int64, error) {
	x := &c.relationIndex
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := c.readChanged(ctx, x); err != nil {
		return nil, err
	}
	var candidates []int64
	for _, look := range wanted {
		if key := spelledKey(look.By, look.Value); key != "" {
			candidates = append(candidates, x.numbers[keyPrint(look.By, key)]...)
		}
	}
	slices.Sort(candidates)
	return slices.Compact(candidates), nil
}

// readChanged reads which customers changed since the index was read last. Whoever is
// missing from the index is made a second time, so only an answer that is plainly the
// last one ends it: none, or a short one that is nothing new however often it is asked.
func (c *Client) readChanged(ctx context.Context, x *relationIndex) error {
	if x.numbers == nil {
		x.numbers = map[uint64][]int64{}
	}
	for stale := 0; ; {
		count, newest, err := c.readMarked(ctx, x)
		switch {
		case err != nil:
			return err
		case count == 0:
			return nil
		case count >= relationsAtOnce && c.settings.PageOrder != LowestFirst: // it may leave out some in between
			return fault.New(fault.Misconfigured, "customers_not_listed", opGetRelations.op())
		case newest > x.marker:
			x.marker, stale = newest, 0
			continue
		}
		if stale++; stale < mostStalePages {
			continue
		}
		if count >= relationsAtOnce {
			return unclear(opGetRelations, "customers_repeated")
		}
		return nil
	}
}

// readMarked reads one answer of customers changed after the marker into the index.
func (c *Client) readMarked(ctx context.Context, x *relationIndex) (count int, newest int64, err error) {
	request := getRelationsRequest{SyncMarker: new(x.marker + 1)}
	if c.settings.PageOrder == LowestFirst {
		request.SyncMarkerLimit = relationsAtOnce
	}
	newest = x.marker
	err = c.eachRelation(ctx, getRelations{Request: request}, func(relation elementOut) error {
		number, err := wireInt(relation.textOf(relationNumber)).parse()
		if err != nil {
			return unclear(opGetRelations, "answer_not_understood")
		}
		if marker, err := wireInt(relation.textOf("syncMarker")).parse(); err == nil {
			newest = max(newest, marker)
		}
		count++
		for _, by := range relationKeys {
			if key := c.keyOf(by, relation); key != "" {
				x.put(keyPrint(by, key), number)
			}
		}
		return nil
	})
	return count, newest, err
}

func (x *relationIndex) put(print uint64, number int64) {
	if !slices.Contains(x.numbers[print], number) {
		x.numbers[print] = append(x.numbers[print], number)
	}
}

// keyOf is what a customer holds as a key, spelled to be compared; empty: nothing.
func (c *Client) keyOf(by connectors.CustomerKey, relation elementOut) string {
	field := map[connectors.CustomerKey]string{
		connectors.ByNumber: relationNumber, connectors.ByVATNumber: vatNumber, connectors.ByEmail: relationEmail,
	}[by]
	if by == connectors.ByExternalNumber {
		field = c.debtorNumberField()
	}
	if field == "" {
		return ""
	}
	return spelledKey(by, relation.textOf(field))
}

// debtorNumberField is where customers carry the number of the books; empty: nowhere.
func (c *Client) debtorNumberField() string {
	return map[ExternalNumber]string{ExternalFromExtRelationID: extRelationID, ExternalFromRelationCode: relationCode}[c.settings.ExternalNumber]
}

// DebtorNumberOf is the number of the books that a customer carries.
func (c *Client) DebtorNumberOf(held connectors.HeldRecord) string {
	value, _ := domain.Draft{Fields: held.Fields}.Get(c.debtorNumberField())
	return value.Text
}

// spelledKey spells a key so that those are equal which people hold for the same.
func spelledKey(by connectors.CustomerKey, value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	switch by {
	case connectors.ByNumber:
		if n, err := strconv.ParseInt(value, 10, 64); err != nil || n <= 0 || value != strconv.FormatInt(n, 10) {
			return ""
		}
	case connectors.ByVATNumber: // BE 0123.456.749
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, value)
	}
	return value
}

func keyPrint(by connectors.CustomerKey, key string) uint64 {
	sum := sha256.Sum256([]byte(string(by) + "\x00" + key))
	return binary.BigEndian.Uint64(sum[:8])
}
