package db

// SealedTableNames lets a test compare the list of sealed tables with the schema,
// with the primary key that each is said to have.
func SealedTableNames() map[string][]string {
	names := map[string][]string{}
	for _, table := range sealedTables() {
		names[table.name] = table.key
	}
	return names
}
