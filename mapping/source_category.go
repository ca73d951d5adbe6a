package mapping

import "github.com/koppel/koppel/domain"

// categoryScope is what a row of mapping.category sees.
type categoryScope struct {
	Run          *run            `expr:"the run"`
	Category     *categorySource `expr:"category" help:"the article group of the books"`
	ParentNumber string          `expr:"parent_number" help:"number of the group above it at the till; empty for one at the top"`
	Settings     *settingsSource `expr:"settings" help:"settings of the document"`
}

type categorySource struct {
	Code   string `expr:"code" code:"true" help:"article group code of the books"`
	Name   string `expr:"name" help:"name"`
	Parent string `expr:"parent" code:"true" help:"code of the group above it; empty for one at the top"`
	Order  int    `expr:"order" help:"place among its sisters, from 1; 0 when the books keep no order"`
}

func categorySourceFrom(c domain.Category) *categorySource {
	source := categorySource(c)
	return &source
}
