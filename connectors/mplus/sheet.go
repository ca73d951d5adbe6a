package mplus

import (
	"cmp"
	"encoding/xml"
	"slices"
	"strconv"

	"github.com/koppel/koppel/domain"
)

// sentSale is one sale of an answer, before it is mapped.
type sentSale struct {
	raw    []byte
	wire   wireSale
	marker int64 // its sync marker; 0 when it has none that can be read
}

func sentSaleFromRaw(kind domain.SourceKind, raw []byte) sentSale {
	s := sentSale{raw: raw}
	// The envelope was read to its end before, so this fragment is well-formed,
	// and its values are text: should it fail all the same, mapping tells.
	if err := xml.Unmarshal(raw, &s.wire); err != nil {
		s.wire = wireSale{}
	}
	s.wire.kind = kind
	if n, err := s.wire.SyncMarker.parse(); err == nil && n > 0 {
		s.marker = n
	}
	return s
}

// newerThan gives the orders changed after the marker, lowest marker first, each
// order once and at its latest. A till may repeat a page it gave before; what is
// not newer than the marker was seen then.
func newerThan(sheet []sentSale, marker int64) []sentSale {
	newer := slices.DeleteFunc(slices.Clone(sheet), func(s sentSale) bool { return s.marker <= marker })
	slices.SortStableFunc(newer, func(a, b sentSale) int { return cmp.Compare(b.marker, a.marker) })
	seen := map[string]bool{}
	newer = slices.DeleteFunc(newer, func(s sentSale) bool {
		id := s.wire.ownID()
		again := id != "" && seen[id]
		seen[id] = true
		return again
	})
	slices.Reverse(newer)
	return newer
}

// unmarked gives the orders whose place in the sequence cannot be read.
func unmarked(sheet []sentSale) []sentSale {
	return slices.DeleteFunc(slices.Clone(sheet), func(s sentSale) bool { return s.marker != 0 })
}

// wanted gives the orders of the types and branches that this connection is for.
// The till is not asked to leave the others out: on older releases a filter beside
// a marker could lose changes (vendor's release notes).
func (c *Client) wanted(orders []sentSale) []sentSale {
	return slices.DeleteFunc(slices.Clone(orders), func(s sentSale) bool {
		orderType := trimmed(string(s.wire.OrderType))
		if orderType != "" && !slices.Contains(c.settings.OrderTypes, orderType) {
			return true
		}
		return len(c.settings.Branches) > 0 && !c.isOurBranch(s.wire)
	})
}

// isOurBranch lets an order without a readable branch pass: better seen than lost.
func (c *Client) isOurBranch(w wireSale) bool {
	r := &reading{}
	branch, err := strconv.Atoi(r.branch(w))
	return err != nil || slices.Contains(c.settings.Branches, branch)
}

// stopgapID names an order whose own id cannot be read, the same at each reading.
func stopgapID(s sentSale) domain.OrderID {
	if s.marker > 0 {
		return idOf(s.wire.kind, "marker-"+strconv.FormatInt(s.marker, 10))
	}
	return idOf(s.wire.kind, "unreadable-"+fingerprint(s.raw))
}
