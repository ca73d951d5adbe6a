// Package domain is the canonical model: what a retailer's order, customer,
// product and money are, in words that belong to neither outside system.
//
// Money is in euros as an exact decimal; each field says whether it includes
// VAT. Dates are Amsterdam calendar dates. Identifiers are text, zeros kept.
package domain

import "github.com/shopspring/decimal"

// Euros turns whole cents into euros.
func Euros(cents int64) decimal.Decimal { return decimal.New(cents, -2) }

// RoundCents rounds an amount in euros to whole cents, half away from zero, as
// Dutch tills and ledgers do.
func RoundCents(euros decimal.Decimal) decimal.Decimal { return euros.Round(2) }
