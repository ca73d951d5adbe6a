package settings

// Categories are the settings of the flow that brings article groups of the books to the till's tree.
type Categories struct {
	CatalogRuns `yaml:",inline"`
	Adopt       bool           `yaml:"adopt" title:"Adopt" help:"Whether a group of the till that has the name of a group of the books, under the same parent, is taken for it. Else a second one is made."`
	Gone        CategoriesGone `yaml:"gone" enum:"report|delete" title:"Gone" help:"What happens at the till to groups that the books no longer have."`
}

// CategoriesGone is what happens to groups that the books no longer have.
type CategoriesGone string

// What CategoriesGone may be.
const (
	CategoriesGoneReport CategoriesGone = "report"
	CategoriesGoneDelete CategoriesGone = "delete"
)

// Help says what the value means.
func (g CategoriesGone) Help() string {
	return map[CategoriesGone]string{
		CategoriesGoneReport: "Nothing: they are told.",
		CategoriesGoneDelete: "They are deleted, unless a group stands under them that is not.",
	}[g]
}
