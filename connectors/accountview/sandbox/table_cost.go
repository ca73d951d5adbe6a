package sandbox

// costTable holds the cost centres (reference: live field dump).
var costTable = table{
	Name: "COST", Label: "Kostenplaatsen", Key: "COST_CODE",
	Columns: []column{
		{Name: "CNG_DATE", Type: moment, Blocked: true, Label: "Changed at"},
		{Name: "CNG_NR", Type: integer, Blocked: true, Label: "Change counter"},
		{Name: "CNG_USR", Type: text, Len: 20, Blocked: true, Upper: true, Label: "Changed by"},
		{Name: "COST_CODE", Type: text, Len: 10, Mandatory: true, Upper: true, Label: "Cost centre"},
		{Name: "COST_DESC", Type: text, Len: 40, Mandatory: true, Label: "Description"},
		{Name: "COST_TYPE", Type: number, Len: 1, Label: "Type"},
		{Name: "DIF_ACCT", Type: text, Len: 10, Upper: true, Label: "Difference account"},
		{Name: "DIST_CODE", Type: text, Len: 10, Upper: true, Label: "Allocation key"},
		{Name: "INP_DATE", Type: moment, Blocked: true, Label: "Created at"},
		{Name: "INP_USR", Type: text, Len: 20, Blocked: true, Upper: true, Label: "Created by"},
		{Name: "REP_LEVEL", Type: number, Len: 2, Label: "Level"},
		{Name: "WF_AUTHEMP", Type: text, Len: 10, Upper: true, Label: "Approval employee"},
	},
}
