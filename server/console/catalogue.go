package console

import (
	"slices"
	"time"

	"github.com/koppel/koppel/domain"
)

func fromBooks(flow string) bool { return slices.Contains(domain.CatalogFlows(), flow) }

// catalogue tells of each flow from the books that met a record how they stand at the till.
func (c counts) catalogue(slug string) []catalogue {
	var all []catalogue
	for _, flow := range domain.CatalogFlows() {
		one := catalogue{Flow: flow}
		met := false
		for _, row := range c.records {
			if row.Integration == slug && row.Entity == string(domain.CarriedBy(flow)) {
				met = true
				one.Stand, one.LeftOut, one.Parked, one.PutOff, one.Gone = row.Stand, row.LeftOut, row.Parked, row.PutOff, row.Gone
			}
		}
		for _, row := range c.outcomes {
			if row.Integration == slug && row.Flow == flow && (row.Outcome == "created" || row.Outcome == "updated") {
				one.Written += row.Records
			}
		}
		for _, row := range c.cursors {
			if row.Integration == slug && row.Flow == flow+"/full" {
				one.Compared = ago(time.Duration(row.AgeSeconds * float64(time.Second)))
			}
		}
		if met {
			all = append(all, one)
		}
	}
	return all
}
