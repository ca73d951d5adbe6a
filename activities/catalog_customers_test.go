package activities_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

const clienteleDocument = `
integration: shop
accountview: {base_url: "http://127.0.0.1:1/api/v3", company_id: 7d3f1c52-90ab-4c6e-8f57-2b1e6a0d4c11, client_id: koppel-sandbox, timeout: 1s}
mplus: {base_url: "http://127.0.0.1:2"}
flows: {orders: {settle_time: 150ms}, customers: {full_at: '', %s}}
lookups:
  price_list: {keys: [key], unmapped: park, default: "", rows: [{key: HOREC, value: "2"}]}
  payment_days: {keys: [key], unmapped: default, default: "", rows: [{key: "30", value: "30"}]}
  vat_method: {keys: [country, buyer], unmapped: default, default: "", rows: [{key: [CH, business], value: none}]}
`

// counter is a desk whose books and till are a clientele in memory.
type counter struct {
	*desk
	*clientele
}

func newCounter(t *testing.T, customers string, debtors ...domain.Debtor) *counter {
	t.Helper()
	c := &counter{newDesk(t), newClientele()}
	c.Catalogue = c.clientele
	c.put(morning, debtors...)
	c.settle(customers)
	return c
}

func (c *counter) settle(customers string) {
	c.t.Helper()
	c.apply(fmt.Sprintf(clienteleDocument, customers))
}

func (c *counter) carry(in activities.CarryInput) activities.CarryResult {
	c.t.Helper()
	in.Integration = "shop"
	out, err := run[activities.CarryResult](c.desk, (&activities.Catalog{Desk: c.Desk}).CarryCustomers, in)
	require.NoError(c.t, err)
	return out
}

func (c *counter) is(debtor string) string {
	c.t.Helper()
	rows, err := db.Q.CatalogGet(c.t.Context(), c.pool, store.CatalogGetParams{Integration: "shop", Entity: "relation", SourceIds: []string{debtor}})
	require.NoError(c.t, err)
	require.Len(c.t, rows, 1)
	return rows[0].TargetID
}

func (c *counter) code(debtor string) string {
	c.t.Helper()
	rows, err := db.Q.CatalogGet(c.t.Context(), c.pool, store.CatalogGetParams{Integration: "shop", Entity: "relation", SourceIds: []string{debtor}})
	require.NoError(c.t, err)
	require.Len(c.t, rows, 1)
	return rows[0].Code
}

// orderOf lets the orders flow have found that a customer is a debtor.
func (c *counter) orderOf(customer, debtor string) {
	c.t.Helper()
	require.NoError(c.t, db.Q.LinkMade(c.t.Context(), c.pool, store.LinkMadeParams{
		Integration: "shop", Entity: "customer", SourceID: customer, TargetID: debtor, ContentHash: "h", Document: 1,
	}))
}

func (c *counter) linkOf(customer string) string {
	c.t.Helper()
	link, ok, err := db.Links{DB: c.pool}.Get(c.t.Context(), db.LinkKey{Integration: "shop", Entity: "customer", SourceID: customer})
	require.NoError(c.t, err)
	if !ok || link.State != "linked" {
		return ""
	}
	return link.TargetID
}

func bakery(number string) domain.Debtor {
	return domain.Debtor{
		Number: number, Name: "Bakkerij De Korenaar", Contact: "Jan Korenaar", Address: domain.Address{Street: "Dam 1", City: "Delft", Country: "NL"},
		Email: number + "@example.nl", VATNumber: "NL00" + number + "B01", PriceList: "HOREC", DiscountPercent: decimal.NewFromInt(5), PaymentTerm: "30",
	}
}

func person(number string) domain.Debtor {
	return domain.Debtor{Number: number, Name: "Anna de Vries", Address: domain.Address{City: "Delft"}, Email: number + "@example.nl"}
}

func TestCarryCustomers_CompaniesAndPersonsAndNothingTwice(t *testing.T) {
	t.Parallel()
	belgian, swiss := bakery("1002"), bakery("1003")
	belgian.Address.Country, swiss.Address.Country = "België", "CH"
	c := newCounter(t, "numbers: till", bakery("1001"), belgian, swiss, person("2001"))
	require.Equal(t, activities.CatalogCount{Read: 4, Created: 4}, c.carry(activities.CarryInput{}).Count)
	for debtor, want := range map[string]map[string]string{
		"1001": {"companyName": "Bakkerij De Korenaar", "contact": "Jan Korenaar", "priceGroupNumber": "2", "discountPercentage": "5", "paymentWithinDays": "30", "defaultVatMethod": "exclusive", "active": "true", "extRelationId": "1001", "vatNumber": "NL001001B01"},
		"1002": {"defaultVatMethod": "shifted"},
		"1003": {"defaultVatMethod": "none"},
		"2001": {"companyName": "", "contact": "", "name": "Anna de Vries", "defaultVatMethod": "inclusive", "priceGroupNumber": ""},
	} {
		for field, value := range want {
			require.Equal(t, value, c.text(c.is(debtor), field), "%s %s", debtor, field)
		}
		require.Equal(t, debtor, c.linkOf(c.is(debtor)), "an order of this customer is of this debtor")
	}
	c.writes, c.reads = nil, 0
	for _, in := range []activities.CarryInput{{}, {Full: true}, {Keys: []string{"1001", "2001"}}} {
		count := c.carry(in).Count
		require.Equal(t, count.Read, count.Unchanged)
	}
	require.Empty(t, c.writes)
	require.Equal(t, 2, c.reads)
}

func TestCustomersCompany_TheRuleOfTheDocumentDecides(t *testing.T) {
	t.Parallel()
	wholesale := person("2001")
	wholesale.Group = "GROOT"
	c := newCounter(t, `company: "debtor.group == 'GROOT'"`, wholesale, bakery("1001"))
	c.carry(activities.CarryInput{})
	require.Equal(t, "Anna de Vries", c.text(c.is("2001"), "companyName"))
	require.Empty(t, c.text(c.is("1001"), "companyName"))
	require.Equal(t, "inclusive", c.text(c.is("1001"), "defaultVatMethod"))
}

func TestCustomersMatch_EachKeyFindsWhoIsThere(t *testing.T) {
	t.Parallel()
	known := bakery("1004")
	known.ExternalNumber = "74"
	debtors := []domain.Debtor{bakery("1001"), bakery("1002"), bakery("1003"), known, person("2001"), person("2002")}
	fill := func(c *counter) {
		c.hold("71", "name", "By link")
		c.orderOf("71", "1001")
		c.hold("72", "name", "By number", "extRelationId", "1002")
		c.hold("73", "name", "By VAT number", "vatNumber", "nl001003B01")
		c.hold("74", "name", "By the number in the books")
		c.hold("75", "name", "By e-mail", "email", "2001@EXAMPLE.nl")
	}
	c := newCounter(t, "numbers: till", debtors...)
	fill(c)
	require.Equal(t, activities.CatalogCount{Read: 6, Created: 1, Updated: 5}, withoutKept(c.carry(activities.CarryInput{}).Count))
	for debtor, customer := range map[string]string{"1001": "71", "1002": "72", "1003": "73", "1004": "74", "2001": "75", "2002": "501"} {
		require.Equal(t, customer, c.is(debtor))
		require.Equal(t, debtor, c.linkOf(customer))
	}

	c = newCounter(t, "match: [vat_number]", debtors...)
	fill(c)
	require.Equal(t, 5, c.carry(activities.CarryInput{}).Count.Created, "what is not listed is not looked up")
}

func withoutKept(count activities.CatalogCount) activities.CatalogCount {
	count.KeptBack, count.Why = 0, nil
	return count
}

func TestCustomersMatch_SeveralAreForAPerson(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "numbers: till", person("2001"))
	c.hold("71", "email", "2001@example.nl")
	c.hold("72", "email", "2001@example.nl")
	require.Equal(t, 1, c.carry(activities.CarryInput{}).Count.Parked)
	require.Equal(t, "relation_ambiguous", c.code("2001"))
	require.Empty(t, c.writes)

	c.hold("72", "extRelationId", "2001")
	require.Equal(t, 1, c.carry(activities.CarryInput{Keys: []string{"2001"}}).Count.Updated)
	require.Equal(t, "72", c.is("2001"))
}

func TestCustomersMatch_AnotherDebtorsCustomerIsNoHit(t *testing.T) {
	t.Parallel()
	shared := person("2002")
	shared.Email = "2001@example.nl"
	for name, is2001s := range map[string]func(c *counter){
		"its orders go to it":   func(c *counter) { c.orderOf("71", "2001") },
		"it carries its number": func(c *counter) { c.hold("71", "extRelationId", "2001") },
		"we said so before":     func(c *counter) { c.carry(activities.CarryInput{Keys: []string{"2001"}}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t, "numbers: till", person("2001"), shared)
			c.hold("71", "email", "2001@example.nl")
			is2001s(c)
			require.Equal(t, 1, c.carry(activities.CarryInput{Keys: []string{"2002"}}).Count.Created)
			require.Equal(t, "501", c.is("2002"))
		})
	}
}

func TestCustomersNumbers_WhoChooses(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "numbers: debtor", bakery("1001"), bakery("0042"), bakery("K9"), bakery("1002"))
	c.hold("1002", "name", "Somebody else")
	require.Equal(t, activities.CatalogCount{Read: 4, Created: 3, Parked: 1, Why: map[string]int{"number_taken": 1}, ParkedWhy: map[string]int{"number_taken": 1}},
		c.carry(activities.CarryInput{}).Count)
	require.Equal(t, "1001", c.is("1001"))
	require.Equal(t, "501", c.is("0042"))
	require.Equal(t, "502", c.is("K9"))
}

func TestCustomersBlocked_EachRule(t *testing.T) {
	t.Parallel()
	blocked := bakery("1001")
	blocked.Blocked = true
	for rule, want := range map[string]struct{ made, there string }{
		"deactivate": {"", "false"}, "skip": {"", "true"}, "carry": {"true", "true"},
	} {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t, "blocked: "+rule, blocked)
			c.carry(activities.CarryInput{})
			require.Equal(t, want.made, c.text("501", "active"), "one that the till does not have")

			c = newCounter(t, "blocked: "+rule, blocked)
			c.hold("71", "extRelationId", "1001")
			c.set("71", domain.Field{Name: "active", Value: domain.BoolValue(true)})
			c.carry(activities.CarryInput{})
			require.Equal(t, want.there, c.text("71", "active"), "one that was there before us")

			c.put(morning.Add(time.Hour), bakery("1001"))
			c.carry(activities.CarryInput{})
			require.Equal(t, "true", c.text("71", "active"), "the block is gone")
		})
	}
}

func TestCarryCustomers_WhatTheTillOwnsIsToldAndNotFought(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "numbers: till", bakery("1001"))
	c.carry(activities.CarryInput{})
	c.hold("501", "email", "counter@example.nl", "city", "Elsewhere")
	changed := bakery("1001")
	changed.Email = "new@example.nl"
	c.put(morning.Add(time.Hour), changed)
	count := c.carry(activities.CarryInput{}).Count
	require.Equal(t, 1, count.Updated, "the books own the city")
	require.Equal(t, map[string]int{"changed_there": 1}, count.Why)
	require.Equal(t, "counter@example.nl", c.text("501", "email"))
	require.Equal(t, "Delft", c.text("501", "city"))
	c.writes = nil
	require.Equal(t, 1, c.carry(activities.CarryInput{Full: true}).Count.KeptBack)
	require.Empty(t, c.writes)
}

func TestCarryCustomers_ACreationWithoutAnswerMakesNoSecondOne(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "match: []", bakery("1001"))
	c.fails = func(op, _ string) (error, bool) {
		if op == "create" {
			return fault.New(fault.Uncertain, "no_answer", "create customer"), true
		}
		return nil, true
	}
	require.Equal(t, 1, c.carry(activities.CarryInput{}).Count.Deferred)
	c.fails = nil
	require.Eventually(t, func() bool {
		c.carry(activities.CarryInput{})
		return c.is("1001") == "501"
	}, 5*time.Second, 20*time.Millisecond)
	require.Len(t, c.held, 1)
	require.Equal(t, "1001", c.linkOf("501"))
}

func TestCarryCustomers_ACustomerThatAnOrderHoldsWaits(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "numbers: till", bakery("1001"))
	c.hold("71", "extRelationId", "1001")
	lock, _, err := db.Links{DB: c.pool}.Take(t.Context(), db.LinkKey{Integration: "shop", Entity: "customer", SourceID: "71"}, "order/1", time.Minute)
	require.NoError(t, err)
	require.Equal(t, 1, c.carry(activities.CarryInput{}).Count.Deferred)
	require.Empty(t, c.writes)
	require.NoError(t, lock.Release(t.Context()))
	require.Eventually(t, func() bool {
		return c.carry(activities.CarryInput{}).Count.Updated == 1
	}, 5*time.Second, 20*time.Millisecond)
	require.Equal(t, "1001", c.linkOf("71"))
}

func TestCustomersGone_EachRule(t *testing.T) {
	t.Parallel()
	for rule, active := range map[string]string{"report": "true", "deactivate": "false"} {
		t.Run(rule, func(t *testing.T) {
			t.Parallel()
			c := newCounter(t, "gone_most: 100, gone: "+rule, bakery("1001"), bakery("1002"))
			c.carry(activities.CarryInput{})
			delete(c.debtors, "1002")
			last := c.carry(activities.CarryInput{Full: true})
			require.Equal(t, 1, last.Gone)
			_, err := run[activities.SweepGoneResult](c.desk, (&activities.Catalog{Desk: c.Desk}).SweepGone, activities.SweepGoneInput{
				Integration: "shop", Flow: domain.FlowCustomers, Place: last.Place, Gone: last.Gone, Known: last.Known,
			})
			require.NoError(t, err)
			require.Equal(t, active, c.text("502", "active"))
			require.Equal(t, "true", c.text("501", "active"))

			c.put(morning, bakery("1002"))
			c.carry(activities.CarryInput{Full: true})
			require.Equal(t, "true", c.text("502", "active"), "it came back")
		})
	}
}

func TestCustomersFilter_LeavesOutAndCounts(t *testing.T) {
	t.Parallel()
	c := newCounter(t, `filter: "debtor.is_company"`, bakery("1001"), person("2001"))
	require.Equal(t, activities.CatalogCount{Read: 2, Created: 1, LeftOut: 1, Why: map[string]int{"filtered_record": 1}}, c.carry(activities.CarryInput{}).Count)
}

func TestCarryCustomers_ADryRunWritesNowhere(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "numbers: till", bakery("1001"), person("2001"))
	c.hold("71", "email", "2001@example.nl")
	require.Equal(t, activities.CatalogCount{Read: 2, Created: 1, Updated: 1}, withoutKept(c.carry(activities.CarryInput{DryRun: true}).Count))
	require.Empty(t, c.writes)
	require.Empty(t, c.linkOf("71"))
}

func TestCustomers_CreatingAndUpdatingMayBeOff(t *testing.T) {
	t.Parallel()
	c := newCounter(t, "create: false, update: false", bakery("1001"), bakery("1002"))
	c.hold("71", "extRelationId", "1001", "name", "Old name")
	require.Equal(t, activities.CatalogCount{Read: 2, LeftOut: 2, Why: map[string]int{"creating_off": 1, "updating_off": 1}}, withoutKeptBack(c.carry(activities.CarryInput{}).Count))
	require.Empty(t, c.writes)
	require.Empty(t, c.linkOf("71"))
}

func withoutKeptBack(count activities.CatalogCount) activities.CatalogCount {
	count.KeptBack = 0
	return count
}
