package reconcile_test

import (
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/domain/reconcile"
)

func soldOne(change func(*domain.Order)) domain.Order {
	o := domain.Order{
		ID: "a1", Number: "2026.1", Date: domain.Date{Year: 2026, Month: 11, Day: 24}, Reference: "blue",
		Customer: domain.Customer{ID: "77", Name: "Jansen"}, VATMethod: domain.VATInclusive,
		Lines: []domain.OrderLine{
			{ID: "1", SKU: "1001", Text: "Ladle", Quantity: decimal.NewFromInt(1), TotalIncl: decimal.RequireFromString("12.10"), VATCode: "2"},
			{ID: "2", Text: "Gift wrapped"},
		},
	}
	if change != nil {
		change(&o)
	}
	return o
}

var (
	sale          = soldOne(nil)
	wrapped       = soldOne(func(o *domain.Order) { o.Reference = "please wrap" })
	two           = soldOne(func(o *domain.Order) { o.Lines[0].Quantity = decimal.NewFromInt(2) })
	partly        = soldOne(func(o *domain.Order) { o.CancelState = "partial" })
	takenBackSale = soldOne(func(o *domain.Order) { o.Cancelled = true })
)

func TestChangeOf_WhatWasSoldOrToWhomIsNotTheHeader(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*domain.Order)
		want   reconcile.SaleChange
	}{
		"nothing":             {nil, reconcile.SaleSame},
		"paid":                {func(o *domain.Order) { o.FullyPaid = true }, reconcile.SaleSame},
		"category":            {func(o *domain.Order) { o.Category = "picked" }, reconcile.SaleSame},
		"reference":           {func(o *domain.Order) { o.Reference = "red" }, reconcile.SaleHeader},
		"date":                {func(o *domain.Order) { o.Date.Day = 25 }, reconcile.SaleHeader},
		"delivery date":       {func(o *domain.Order) { o.DeliveryDate.Day = 25 }, reconcile.SaleHeader},
		"delivery address":    {func(o *domain.Order) { o.DeliveryAddress.Street = "Dam 1" }, reconcile.SaleHeader},
		"delivery method":     {func(o *domain.Order) { o.DeliveryMethod = "2" }, reconcile.SaleHeader},
		"payment method":      {func(o *domain.Order) { o.PaymentMethod = "2" }, reconcile.SaleHeader},
		"customer's phone":    {func(o *domain.Order) { o.Customer.Phone = "020" }, reconcile.SaleHeader},
		"text of a line":      {func(o *domain.Order) { o.Lines[0].Text = "Spoon" }, reconcile.SaleHeader},
		"text line":           {func(o *domain.Order) { o.Lines[1].Text = "In a box" }, reconcile.SaleHeader},
		"text line gone":      {func(o *domain.Order) { o.Lines = o.Lines[:1] }, reconcile.SaleHeader},
		"quantity":            {func(o *domain.Order) { o.Lines[0].Quantity = decimal.NewFromInt(2) }, reconcile.SaleSold},
		"price":               {func(o *domain.Order) { o.Lines[0].TotalIncl = decimal.NewFromInt(9) }, reconcile.SaleSold},
		"article":             {func(o *domain.Order) { o.Lines[0].SKU = "1002" }, reconcile.SaleSold},
		"VAT of a line":       {func(o *domain.Order) { o.Lines[0].VATCode = "1" }, reconcile.SaleSold},
		"turnover group":      {func(o *domain.Order) { o.Lines[0].TurnoverGroup = "7" }, reconcile.SaleSold},
		"VAT method":          {func(o *domain.Order) { o.VATMethod = domain.VATShifted }, reconcile.SaleSold},
		"country":             {func(o *domain.Order) { o.VATCountry = "DEU" }, reconcile.SaleSold},
		"another customer":    {func(o *domain.Order) { o.Customer.ID = "78" }, reconcile.SaleSold},
		"no customer":         {func(o *domain.Order) { o.Customer = domain.Customer{} }, reconcile.SaleSold},
		"line gone":           {func(o *domain.Order) { o.Lines = o.Lines[1:] }, reconcile.SaleSold},
		"total":               {func(o *domain.Order) { o.TotalIncl = decimal.NewFromInt(9) }, reconcile.SaleSold},
		"cancelled":           {func(o *domain.Order) { o.Cancelled = true }, reconcile.SaleSold},
		"reference and price": {func(o *domain.Order) { o.Reference, o.TotalIncl = "red", decimal.NewFromInt(9) }, reconcile.SaleSold},
	} {
		require.Equal(t, c.want, reconcile.ChangeOf(sale, soldOne(c.change)), name)
	}
}

func doc(version int, counter bool, order domain.Order) reconcile.Booked {
	return reconcile.Booked{Version: version, Counter: counter, ContentHash: order.ContentHash(), Order: order}
}

func TestPlanChange(t *testing.T) {
	t.Parallel()
	usual := domain.ChangeRules{Header: domain.HeaderUpdate, Lines: domain.LinesCounter, Cancelled: domain.CancelledCounter}
	with := func(change func(*domain.ChangeRules)) domain.ChangeRules {
		r := usual
		change(&r)
		return r
	}
	parkHeader := with(func(r *domain.ChangeRules) { r.Header = domain.HeaderPark })
	parkLines := with(func(r *domain.ChangeRules) { r.Lines = domain.LinesPark })
	rows := with(func(r *domain.ChangeRules) { r.Lines = domain.LinesRowActions })
	all, none := reconcile.MayChange{Lines: true}, reconcile.MayChange{}
	one, counter := doc(1, false, sale), doc(1, true, sale)
	fixed, otherLines := one, one
	fixed.Fixed, otherLines.Sold = wrapped.ContentHash(), wrapped.ContentHash()
	for name, c := range map[string]struct {
		books   []reconcile.Booked
		settled string
		sale    domain.Order
		rules   domain.ChangeRules
		may     reconcile.MayChange
		want    reconcile.ChangePlan
	}{
		"the books hold it": {[]reconcile.Booked{one}, sale.ContentHash(), sale, usual, all, reconcile.ChangePlan{}},
		"changed and changed back": {
			[]reconcile.Booked{one, counter, doc(2, false, two)}, two.ContentHash(), two, usual, all, reconcile.ChangePlan{},
		},
		"a text":                 {[]reconcile.Booked{one}, sale.ContentHash(), wrapped, usual, all, reconcile.ChangePlan{Step: reconcile.StepHeader, Version: 1}},
		"a text, to be parked":   {[]reconcile.Booked{one}, sale.ContentHash(), wrapped, parkHeader, all, reconcile.ChangePlan{Step: reconcile.StepHeader, Version: 1}},
		"refused, to be parked":  {[]reconcile.Booked{fixed}, sale.ContentHash(), wrapped, parkHeader, all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "changed_after_booking"}},
		"a text, refused":        {[]reconcile.Booked{fixed}, sale.ContentHash(), wrapped, usual, all, reconcile.ChangePlan{Step: reconcile.StepCounter, Version: 1}},
		"a text, refused, rows":  {[]reconcile.Booked{fixed}, sale.ContentHash(), wrapped, rows, all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "change_not_allowed"}},
		"a text, refused before": {[]reconcile.Booked{fixed}, sale.ContentHash(), two, usual, all, reconcile.ChangePlan{Step: reconcile.StepCounter, Version: 1}},
		"a text, refused, parks": {[]reconcile.Booked{fixed}, sale.ContentHash(), wrapped, parkLines, all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "changed_after_booking"}},
		"a text on the lines":    {[]reconcile.Booked{otherLines}, sale.ContentHash(), wrapped, rows, all, reconcile.ChangePlan{Step: reconcile.StepLines, Version: 1}},
		"lines":                  {[]reconcile.Booked{one}, sale.ContentHash(), two, usual, all, reconcile.ChangePlan{Step: reconcile.StepCounter, Version: 1}},
		"lines, in place":        {[]reconcile.Booked{one}, sale.ContentHash(), two, rows, all, reconcile.ChangePlan{Step: reconcile.StepLines, Version: 1}},
		"lines, not allowed":     {[]reconcile.Booked{one}, sale.ContentHash(), two, rows, none, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "change_not_allowed"}},
		"lines, to be parked":    {[]reconcile.Booked{one}, sale.ContentHash(), two, parkLines, all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "changed_after_booking"}},
		"countered, not booked":  {[]reconcile.Booked{one, counter}, "", two, usual, all, reconcile.ChangePlan{Step: reconcile.StepAgain, Version: 2}},
		"countered, as it was":   {[]reconcile.Booked{one, counter}, "", sale, usual, all, reconcile.ChangePlan{Step: reconcile.StepAgain, Version: 2}},
		"changed a third time": {
			[]reconcile.Booked{one, counter, doc(2, false, two)}, two.ContentHash(), sale, usual, all, reconcile.ChangePlan{Step: reconcile.StepCounter, Version: 2},
		},
		"cancelled":               {[]reconcile.Booked{one}, sale.ContentHash(), takenBackSale, usual, all, reconcile.ChangePlan{Step: reconcile.StepTakeBack, Version: 1}},
		"cancelled, stays":        {[]reconcile.Booked{one}, sale.ContentHash(), takenBackSale, with(func(r *domain.ChangeRules) { r.Cancelled = domain.CancelledLeave }), all, reconcile.ChangePlan{Step: reconcile.StepLeave, Version: 1}},
		"cancelled, to be parked": {[]reconcile.Booked{one}, sale.ContentHash(), takenBackSale, with(func(r *domain.ChangeRules) { r.Cancelled = domain.CancelledPark }), all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "cancelled_after_booking"}},
		"cancelled in part":       {[]reconcile.Booked{one}, sale.ContentHash(), partly, with(func(r *domain.ChangeRules) { r.Partly = domain.PartlyPark }), all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "cancelled_in_part"}},
		"in part, as it was":      {[]reconcile.Booked{doc(1, false, partly)}, partly.ContentHash(), partly, with(func(r *domain.ChangeRules) { r.Partly = domain.PartlyPark }), all, reconcile.ChangePlan{}},
		"in part, stays":          {[]reconcile.Booked{one}, sale.ContentHash(), partly, with(func(r *domain.ChangeRules) { r.Partly = domain.PartlyLeave }), all, reconcile.ChangePlan{Step: reconcile.StepHeader, Version: 1}},
		"cancelled and countered": {[]reconcile.Booked{one, counter}, "", takenBackSale, usual, all, reconcile.ChangePlan{Step: reconcile.StepTakenBack, Version: 1}},
		"cancelled on its way":    {[]reconcile.Booked{one, counter, doc(2, false, two)}, two.ContentHash(), takenBackSale, usual, all, reconcile.ChangePlan{Step: reconcile.StepTakeBack, Version: 2}},
		"sold after all":          {[]reconcile.Booked{one, counter}, "", sale, usual, all, reconcile.ChangePlan{Step: reconcile.StepAgain, Version: 2}},
		"adopted":                 {nil, sale.ContentHash(), sale, usual, all, reconcile.ChangePlan{}},
		"adopted, changed":        {nil, sale.ContentHash(), wrapped, usual, all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "changed_after_booking"}},
		"adopted, cancelled":      {nil, sale.ContentHash(), takenBackSale, usual, all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "changed_after_booking"}},
		"done by hand":            {[]reconcile.Booked{one}, two.ContentHash(), two, usual, all, reconcile.ChangePlan{}},
		"done by hand, changed":   {[]reconcile.Booked{one}, two.ContentHash(), wrapped, usual, all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "changed_after_booking"}},
		"half done by hand":       {[]reconcile.Booked{one, counter}, two.ContentHash(), wrapped, usual, all, reconcile.ChangePlan{Step: reconcile.StepPark, Code: "changed_after_booking"}},
	} {
		require.Equal(t, c.want, reconcile.PlanChange(c.books, c.settled, c.sale, c.rules, c.may), name)
	}
}
