// Package settings is the integration document: everything about one
// integration that a person decides, except secrets. The Go types here are its
// single source: reading, checking, defaults and writing all follow from them.
//
// Field tags: yaml names the key; required, enum ("a|b"), min, max, maxlen and
// unique are checked by Validate; default applies to the items of lists and
// tables (a list's values stand between bars). The defaults of everything else
// stand in default.yaml, which is a document too. title, help and unit are for
// people: forms, the JSON Schema and the reference page show them.
package settings

import "github.com/koppel/koppel/domain"

// Document describes one integration: one AccountView company and one Mplus
// administration, and what travels between them. It holds no secret.
type Document struct {
	Integration string         `yaml:"integration" required:"true"` // slug: names workflows, schedules and addresses
	AccountView AccountView    `yaml:"accountview"`
	Mplus       Mplus          `yaml:"mplus"`
	Flows       Flows          `yaml:"flows"`
	Mapping     domain.Mapping `yaml:"mapping"`
	Lookups     domain.Lookups `yaml:"lookups"`
	Alerts      Alerts         `yaml:"alerts"`
	Retention   Retention      `yaml:"retention"`
}

// Flows are the settings of each flow.
type Flows struct {
	Orders Orders `yaml:"orders"`
}

// MappingRules is the part of the document that package mapping compiles.
func (d Document) MappingRules() domain.MappingRules {
	return domain.MappingRules{
		Mapping: d.Mapping,
		Lookups: d.Lookups,
		Settings: domain.MappingSettings{
			ControlAccount:  d.Flows.Orders.ControlAccount,
			PricesInclusive: d.Flows.Orders.Prices == PricesIncl,
		},
	}
}

// Limits of one connection, over all workers together.
type Limits struct {
	InFlight  int     `yaml:"in_flight" min:"1" max:"100"`   // calls at the same time
	PerSecond float64 `yaml:"per_second" min:"0" max:"1000"` // calls begun per second; 0: no limit
}
