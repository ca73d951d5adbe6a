package db

import (
	"github.com/google/uuid"

	"github.com/koppel/koppel/domain"
)

// sealedTable is a table with a column named sealed, and how to seal it anew. A
// table that is missing here would be lost with the old master key, so a test
// compares this list with the schema.
type sealedTable struct {
	name  string
	key   []string // its primary key, all of it, in order
	place func(key []string) string
	by    sealedBy
}

// sealedBy is what a column is sealed with.
type sealedBy int

const (
	byMaster      sealedBy = iota // the master key
	byMasterInner                 // the master key, and what is sealed is itself the key of an inner box
	byMonth                       // a key in payload_key, so a new master key changes nothing
)

// sealedTables lists every table with sealed data.
func sealedTables() []sealedTable {
	return []sealedTable{
		{
			name: "secret", key: []string{"integration", "name"}, by: byMaster,
			place: func(key []string) string { return secretPlace(key[0], key[1]) },
		},
		{
			name: "token", key: []string{"integration", "system"}, by: byMaster,
			place: func(key []string) string { return tokenPlace(key[0], key[1]) },
		},
		{
			name: "written", key: []string{"integration", "entity", "source_id"}, by: byMaster,
			place: func(key []string) string {
				return writtenPlace(LinkKey{Integration: key[0], Entity: key[1], SourceID: key[2]})
			},
		},
		{
			name: "booking", key: []string{"integration", "entity", "source_id", "version", "kind"}, by: byMaster,
			place: func(key []string) string {
				return bookingPlace(LinkKey{Integration: key[0], Entity: key[1], SourceID: key[2]}, key[3], key[4])
			},
		},
		{
			name: "payload_key", key: []string{"integration", "month"}, by: byMasterInner,
			place: func(key []string) string { return payloadKeyPlace(key[0], key[1][:len("2006-01")]) }, // the first day of the month
		},
		{
			name: "listing", key: []string{"integration", "kind"}, by: byMaster,
			place: func(key []string) string { return listingPlace(key[0], domain.ListKind(key[1])) },
		},
		{
			name: "connection_test", key: []string{"integration", "system"}, by: byMaster,
			place: func(key []string) string { return testPlace(key[0], key[1]) },
		},
		{
			name: "consent", key: []string{"id"}, by: byMaster,
			place: func(key []string) string {
				id, _ := uuid.Parse(key[0]) // the column holds nothing else
				return consentPlace(id)
			},
		},
		{
			name: "fix", key: []string{"id"}, by: byMaster,
			place: func(key []string) string {
				id, _ := uuid.Parse(key[0]) // the column holds nothing else
				return fixPlace(id)
			},
		},
		{name: "payload", by: byMonth},
	}
}
