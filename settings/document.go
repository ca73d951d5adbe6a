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
	Integration string         `yaml:"integration" required:"true" title:"Integration" help:"Names this integration (koppeling) in schedules, workflows, web addresses and logs: 1 to 40 lower-case letters, digits and hyphens. It stays."`
	AccountView AccountView    `yaml:"accountview" title:"AccountView" help:"The connection to the books. Its secrets are set apart."`
	Mplus       Mplus          `yaml:"mplus" title:"MplusKASSA" help:"The connection to the till, and what the description of its interface leaves open. Its secrets are set apart."`
	Flows       Flows          `yaml:"flows" title:"Flows" help:"What travels, when and how."`
	Mapping     domain.Mapping `yaml:"mapping" title:"Field mapping" help:"How the fields of the target are filled, by kind of record. A list given here takes the place of the whole list of the default document."`
	Lookups     domain.Lookups `yaml:"lookups" title:"Lookup tables" help:"From the codes of one system to those of the other, by the name of the table."`
	Alerts      Alerts         `yaml:"alerts" title:"Alerts" help:"Who is told that something waits for a person."`
	Retention   Retention      `yaml:"retention" title:"Retention" help:"How long things are kept. What still waits for a person is kept until it is dealt with."`
}

// Flows are the settings of each flow.
type Flows struct {
	Orders Orders `yaml:"orders" title:"Orders" help:"Orders of the till become sales orders (verkooporders) in the books."`

	Categories Categories `yaml:"categories" title:"Categories" help:"Article groups (artikelgroepen) of the books become groups in the till's tree."`
	Products   Products   `yaml:"products" title:"Products" help:"Articles (artikelen) of the books become articles of the till."`
	Customers  Customers  `yaml:"customers" title:"Customers" help:"Debtors (debiteuren) of the books become customers (relaties) of the till."`
	Stock      Stock      `yaml:"stock" title:"Stock" help:"Stock (voorraad) of the books becomes stock of the till."`
	Prices     B2BPrices  `yaml:"prices" title:"B2B prices" help:"Prices and discounts of the books for some customers become those of the till."`
}

// Limits of one connection, over all workers together.
type Limits struct {
	InFlight  int     `yaml:"in_flight" min:"1" max:"100" title:"At the same time" unit:"calls" help:"Calls under way at the same time, over all workers together."`
	PerSecond float64 `yaml:"per_second" min:"0" max:"1000" title:"Per second" unit:"calls per second" help:"Calls begun per second. 0: no limit."`
}
