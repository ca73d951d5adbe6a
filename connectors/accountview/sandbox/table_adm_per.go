package sandbox

// closedColumn tells that a period is closed. No source names such a column: this one is the sandbox's own.
const closedColumn = "PER_BLK"

// admPerTable holds the periods of the book years (reference: clients).
var admPerTable = table{
	Name: "ADM_PER", Label: "Perioden", Key: "REC_ID",
	Columns: append([]column{
		{Name: "REC_ID", Type: text, Len: 10, Mandatory: true, Blocked: true, Upper: true, Label: "Period id"},
		{Name: "PER_NR", Type: number, Len: 3, Label: "Period"},
		{Name: "START_DATE", Type: date, Label: "First day"},
		{Name: "END_DATE", Type: date, Label: "Last day"},
		{Name: closedColumn, Type: logical, Blocked: true, Label: "Closed"},
	}, upkeep()...),
}
