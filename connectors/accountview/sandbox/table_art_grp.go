package sandbox

// artGrpTable holds the article groups. The real table shows no parent, so the tree of the shop is flat here unless the
// option group_tree is on (reference: clients for the two columns, the width of the description is inferred).
var artGrpTable = table{
	Name: "ART_GRP", Label: "Artikelgroepen", Key: "AG_CODE",
	Columns: append([]column{
		{Name: "AG_CODE", Type: text, Len: 5, Mandatory: true, Upper: true, Label: "Article group"},
		{Name: "AG_DESC", Type: text, Len: 40, Mandatory: true, Label: "Description"},
		{Name: "AG_PARENT", Type: text, Len: 5, Upper: true, Refers: "ART_GRP", Only: onlyTree, Label: "Group above"},
	}, upkeep()...),
}
