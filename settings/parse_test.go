package settings_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/settings"
)

// minimal is the least that a person must write.
const minimal = `integration: shop
accountview:
  base_url: https://www.accountview.net/api/v3
  company_id: "42"
  client_id: app
mplus:
  base_url: https://api.example.nl:443
`

func TestParse_FillsDefaults(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(minimal))
	require.NoError(t, err)

	want := settings.Default("shop")
	want.AccountView.BaseURL, want.AccountView.CompanyID, want.AccountView.ClientID = "https://www.accountview.net/api/v3", "42", "app"
	want.Mplus.BaseURL = "https://api.example.nl:443"
	require.Equal(t, want, doc)

	orders := doc.Flows.Orders
	require.Equal(t, 30*time.Second, orders.Every.Std())
	require.Equal(t, 72*time.Hour, orders.RetryHorizon.Std())
	require.Equal(t, "MPLUS 2026.123", orders.OrderReference("2026.123"))
	require.Equal(t, []settings.CustomerMatch{settings.MatchExternalNumber, settings.MatchVATNumber, settings.MatchEmail}, orders.CustomerMatch)
	require.Equal(t, 1, doc.AccountView.Limits.InFlight)
	require.Equal(t, time.Hour, doc.AccountView.Assumptions.TokenTTL.Std())
	rules := doc.MappingRules()
	require.Equal(t, "1300", rules.Settings.ControlAccount)
	require.True(t, rules.Settings.Sale.PricesInclusive)
	require.Equal(t, domain.DiscountsNetPrice, rules.Settings.Sale.Discounts)
	require.Equal(t, "NL", rules.Settings.Said.HomeCountry)
	require.Negative(t, rules.Settings.Said.DeliveryDays, "no delivery date is made up")
	require.Equal(t, domain.PolicyAlways, rules.Mapping.OrderLine[0].Policy)
	require.Equal(t, domain.TooLongReject, rules.Mapping.OrderLine[0].TooLong)
}

func TestParse_ReplacesListsAndTablesWhole(t *testing.T) {
	t.Parallel()
	doc, err := settings.Parse([]byte(minimal + `
mapping:
  order_line:
    - {target: ART_CODE, source: line.sku}
lookups:
  vat_code:
    rows:
      - {key: 1, value: 02, percent: 9}
      - {key: "*", value: "", percent: 5.5}
`))
	require.NoError(t, err)
	require.Len(t, doc.Mapping.OrderLine, 1)
	require.Equal(t, settings.Default("").Mapping.Customer, doc.Mapping.Customer)
	rows := doc.Lookups["vat_code"].Rows
	require.Equal(t, domain.LookupKey{"1"}, rows[0].Key)
	require.Equal(t, "02", rows[0].Value, "a zero in front is part of a code")
	require.True(t, rows[0].Percent.Equal(decimal.NewFromInt(9)))
	require.True(t, rows[1].Percent.Equal(decimal.RequireFromString("5.5")))
	require.Equal(t, domain.UnmappedPark, doc.Lookups["vat_code"].Unmapped)
	require.Contains(t, doc.Lookups, "employee", "tables that are not given stay")
}

func TestParse_ReportsEveryProblemWithItsLine(t *testing.T) {
	t.Parallel()
	_, err := settings.Parse([]byte(`integration: My Shop
accountview:
  base_url: http://books.example.nl/api
  company_id: 4.20
  limits: {in_flight: two, per_second: -1}
  assumptions:
    pagin: lastkey
    page_size: 5000
mplus:
  base_url: https://user:pw@till.example.nl/?secret=x
  percent_scale: percent
flows:
  orders:
    every: 30
    enabled: yes
    history: always
    start_from: yesterday
    every: 1m
    order_types: SALES
mapping:
  customer:
    - {target: A, source: customer.name, policy: sometimes}
    - {target: a, source: ""}
lookups:
  vat_code:
    default: "1"
    rows:
      - {key: "1", value: "1", percent: 21}
      - {key: "1", value: "1", percent: 9}
      - {key: "3", value: "3", percent: many}
`))
	var problems settings.Problems
	require.ErrorAs(t, err, &problems)
	var got []string
	for _, p := range problems {
		got = append(got, p.String())
	}
	require.Equal(t, []string{
		`integration (line 1): must be 1 to 40 lower-case letters, digits and hyphens, and begin and end with a letter or digit`,
		`accountview.client_id (line 2): is required`,
		`accountview.base_url (line 3): must begin with https://; only this machine itself may be reached over http`,
		`accountview.company_id (line 4): must be text; put it in quotes`,
		`accountview.limits.in_flight (line 5): must be a whole number`,
		`accountview.limits.per_second (line 5): must be from 0 to 1000`,
		`accountview.assumptions.pagin (line 7): is not a known key; known here: token_ttl, refresh_skew, refresh_rotation, pkce, max_page_size, page_size, paging, page_keys, filters_per_call, list_filters, equal_operator, on_or_after_operator, orders_object, orders_table, order_lines_table, order_number_field, order_reference_field, history_object, history_table, history_reference_field, history_number_field, debtor_external_number_field, debtor_numbering, put_send_id, overflow, character_set, book_date, order_line_batch, unfinished_mark, error_in_200, row_actions, periods, journal, articles, debtors, price_objects`,
		`accountview.assumptions.page_size (line 8): must not be above max_page_size (1000)`,
		`mplus.base_url (line 10): must hold no user, password, query or fragment; secrets are set apart`,
		`mplus.percent_scale (line 11): must be one of: auto, hundredths, whole`,
		`flows.orders.every (line 14): must be a duration such as "30s", "15m" or "72h"`,
		`flows.orders.enabled (line 15): must be true or false`,
		`flows.orders.history (line 16): must be one of: open, history`,
		`flows.orders.start_from (line 17): must be all, now, or a sync marker of the till (a whole number, 0 or more)`,
		`flows.orders.every (line 18): stands here twice; the first is on line 14`,
		`flows.orders.order_types (line 19): must be a list`,
		`mapping.customer (line 21): must fill DEB_NR (accountview.assumptions.debtor_external_number_field), because customer_match looks for it`,
		`mapping.customer[0].policy (line 22): must be one of: always, on_create, if_empty, if_unchanged, never`,
		`mapping.customer[1].source (line 23): is required`,
		`mapping.customer[1].target (line 23): is filled twice; the first is row [0]`,
		`lookups.vat_code.default (line 26): is only used with unmapped: default`,
		`lookups.vat_code.rows[1].key (line 29): stands here twice; the first is row [0]`,
		`lookups.vat_code.rows[1].percent (line 29): differs from another row with the same value; one code has one percentage`,
		`lookups.vat_code.rows[2].percent (line 30): must be a number such as 21 or 5.5`,
	}, got)
}

func TestParse_RefusesWhatIsNotOneDocument(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ text, want string }{
		"empty":           {"", "line 1: the document is empty"},
		"only a comment":  {"# nothing\n", "line 1: the document is empty"},
		"two documents":   {minimal + "---\nintegration: b\n", "line 8: a second document begins here; one document a file"},
		"a list":          {"- a\n", "line 1: must hold keys and values"},
		"broken":          {"integration: [\n", "not readable as YAML"},
		"alias":           {minimal + "flows: &a\n  orders: *a\n", "flows.orders (line 9): must be written out: references (*name) are not read"},
		"merge key":       {minimal + "flows:\n  <<: {}\n", "flows.<< (line 9): is not a known key"},
		"null":            {minimal + "flows:\n", "flows (line 8): must hold keys and values"},
		"key not text":    {minimal + "[a]: b\n", "line 8: has a key that is not plain text"},
		"exponent":        {minimal + "lookups: {vat_code: {rows: [{key: a, value: b, percent: 1e9}]}}\n", "must be a number such as 21"},
		"infinite pace":   {minimal + "flows: {orders: {page_size: .inf}}\n", "flows.orders.page_size (line 8): must be a whole number"},
		"too many digits": {minimal + "flows: {orders: {page_size: 99999999999999999999}}\n", "flows.orders.page_size (line 8): must be a whole number"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := settings.Parse([]byte(c.text))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestParse_RefusesTooLarge(t *testing.T) {
	t.Parallel()
	_, err := settings.Parse(make([]byte, settings.MaxBytes+1))
	require.ErrorContains(t, err, "larger than")
}

func TestParse_ReportsFurtherChecksWithLines(t *testing.T) {
	t.Parallel()
	text := minimal + "mapping:\n  order_line:\n    - {target: ART_CODE,\n       source: line.nothing}\n"
	_, err := settings.Parse([]byte(text),
		func(settings.Document) error {
			return settings.Problems{{Path: "mapping.order_line[0].source", Text: "unknown name"}}
		},
		func(doc settings.Document) error {
			return settings.MissingSecrets(doc, func(name string) bool { return name != settings.SecretMplusIdent })
		},
		func(settings.Document) error { return errors.New("something else") },
	)
	require.EqualError(t, err, "line 1: something else\n"+
		"mplus.ident (line 6): secret is not set; set it with koppel secret set\n"+
		"mapping.order_line[0].source (line 11): unknown name")
}

func TestParse_KeepsOrdersFindable(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ rows, want string }{
		"no reference":       {"- {target: RPL_INV, source: customer_number}", "mapping.order (line 9): must fill COMMENT1 from: reference"},
		"another expression": {"- {target: COMMENT1, source: order.number}", "mapping.order[0].source (line 10): must be: reference"},
		"never":              {"- {target: COMMENT1, source: reference, policy: never}", "mapping.order[0].policy (line 10): must not be never"},
		"cut":                {"- {target: COMMENT1, source: reference, too_long: truncate}", "mapping.order[0].too_long (line 10): must be reject"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := settings.Parse([]byte(minimal + "mapping:\n  order:\n    " + c.rows + "\n"))
			require.ErrorContains(t, err, c.want)
		})
	}
}

func TestValidate_OrdersRules(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*settings.Orders)
		want   string
	}{
		"horizon not above settle time": {func(o *settings.Orders) { o.RetryHorizon = o.SettleTime }, "flows.orders.retry_horizon: must be longer than settle_time (30s)"},
		"blind spot of the sweep":       {func(o *settings.Orders) { o.Sweep.Window = o.Sweep.Every - 1 }, "flows.orders.sweep.window: must not be shorter"},
		"no match key":                  {func(o *settings.Orders) { o.CustomerMatch = nil }, "flows.orders.customer_match: must name at least one key"},
		"a match key twice": {func(o *settings.Orders) {
			o.CustomerMatch = []settings.CustomerMatch{settings.MatchEmail, settings.MatchEmail}
		}, "flows.orders.customer_match: names email twice"},
		"unknown match key":     {func(o *settings.Orders) { o.CustomerMatch = []settings.CustomerMatch{"phone"} }, "flows.orders.customer_match[0]: must be one of: external_number, vat_number, email"},
		"blank prefix":          {func(o *settings.Orders) { o.ReferencePrefix = " " }, "flows.orders.reference_prefix: must begin"},
		"foreign characters":    {func(o *settings.Orders) { o.ReferencePrefix = "Kassa€" }, "flows.orders.reference_prefix: must begin"},
		"prefix too long":       {func(o *settings.Orders) { o.ReferencePrefix = "a prefix of more than twenty" }, "flows.orders.reference_prefix: must be 20 characters or shorter"},
		"settle time too short": {func(o *settings.Orders) { o.SettleTime = 0 }, "flows.orders.settle_time: must be from 100ms to 1h"},
		"negative marker":       {func(o *settings.Orders) { o.StartFrom = "-1" }, "flows.orders.start_from: must be all"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			doc, err := settings.Parse([]byte(minimal))
			require.NoError(t, err)
			c.change(&doc.Flows.Orders)
			require.ErrorContains(t, doc.Validate(), c.want)
		})
	}
}

func TestParse_BaseURLs(t *testing.T) {
	t.Parallel()
	for url, ok := range map[string]bool{
		"http://127.0.0.1:8081/api/v3": true, "http://localhost:80": true, "http://[::1]:80": true,
		"https://api.example.nl:34562": true, "http://localhost.example.nl": false, "http://127.0.0.1.nl": false,
		"ftp://x": false, "https://": false, "https://:80": false, "example.nl": false, "https://a/#": false, "https://a?": false,
	} {
		doc, err := settings.Parse([]byte(minimal))
		require.NoError(t, err)
		doc.Mplus.BaseURL = url
		if ok {
			require.NoError(t, doc.Validate(), url)
		} else {
			require.ErrorContains(t, doc.Validate(), "mplus.base_url: ", url)
		}
	}
}

func TestMarshal_ReadsBackEqual(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"demo.yaml", "shop.yaml"} {
		text, err := os.ReadFile("../configs/examples/" + file)
		require.NoError(t, err)
		doc, err := settings.Parse(text)
		require.NoError(t, err)
		written, err := settings.Marshal(doc)
		require.NoError(t, err)
		again, err := settings.Parse(written)
		require.NoError(t, err)
		require.Equal(t, doc, again)
		twice, err := settings.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(written), string(twice))
	}
}

func TestStartFrom_Marker(t *testing.T) {
	t.Parallel()
	marker, named := settings.StartFrom("1500").Marker()
	require.True(t, named)
	require.Equal(t, int64(1500), marker)
	_, named = settings.StartNow.Marker()
	require.False(t, named)
}

func TestDuration_IsWrittenShort(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"72h0m0s": "72h", "90s": "1m30s", "1m0s": "1m", "10m": "10m", "1h10m": "1h10m", "500ms": "500ms", "0s": "0s", "1h0m5s": "1h0m5s"} {
		var d settings.Duration
		require.NoError(t, d.UnmarshalText([]byte(text)))
		require.Equal(t, want, d.String())
		var again settings.Duration
		require.NoError(t, again.UnmarshalText([]byte(d.String())))
		require.Equal(t, d, again)
	}
}

// hostileTexts are texts whose reading could cost much more than their size.
func hostileTexts() map[string]string {
	lines := func(format string, of int) string {
		var b strings.Builder
		for i := range of {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	return map[string]string{
		"references of references": "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nlookups: *c\n",
		"a reference to itself":    "lookups: &a {x: *a}\n",
		"deep lists":               "lookups: " + strings.Repeat("[", 200_000),
		"deep keys":                "lookups: " + strings.Repeat("{a: ", 200_000),
		"deep hyphens":             strings.Repeat("- ", 400_000),
		"a huge number":            minimal + "mplus2: " + strings.Repeat("9", 900_000),
		"a huge percentage":        minimal + "lookups: {vat_code: {rows: [{key: a, value: b, percent: " + strings.Repeat("9", 900_000) + "}]}}",
		"a number in base two":     minimal + "flows: {orders: {page_size: 0b" + strings.Repeat("1", 900_000) + "}}",
		"unknown keys":             minimal + "flows:\n  orders:\n" + lines("    k%d: 1\n", 60_000),
		"rows that are wrong":      minimal + "lookups:\n  vat_code:\n    rows:\n" + lines("    - {key: a, percent: x%d}\n", 30_000),
		"rows that lack a target":  minimal + "mapping:\n  order:\n" + lines("    - {source: a%d}\n", 40_000),
		"tables":                   minimal + "lookups:\n" + lines("  B%d: {}\n", 60_000),
		"channels":                 minimal + "alerts:\n  channels:\n" + lines("    - {name: a, to: [b%d]}\n", 30_000),
	}
}

// What one that does not end would cost is seen by the limit of the test run; how
// long each takes is measured by BenchmarkParse_Hostile.
func TestParse_AHostileTextIsRefusedWithAListThatPeopleCanRead(t *testing.T) {
	t.Parallel()
	for name, text := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := settings.Parse([]byte(text))
			var problems settings.Problems
			require.ErrorAs(t, err, &problems)
			require.LessOrEqual(t, len(problems), settings.MaxProblems+1)
			require.Less(t, len(err.Error()), 2<<20)
		})
	}
}

func BenchmarkParse_Hostile(b *testing.B) {
	for name, text := range hostileTexts() {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = settings.Parse([]byte(text))
			}
		})
	}
}

func TestParse_NamesTheLineOfWhatIsNotYAML(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"integration: a\nmapping:\n  order_line:\n    - {target: ART_CODE, source: order.lines[0].sku}\n": "line 4: not readable as YAML: did not find expected ',' or '}'; between { and }, a text that holds",
		"integration: a\nmplus: {branches: [1, 2}\n":                                                      "line 2: ",
		"integration: a\nmplus:\n  base_url: a: b\n":                                                      "line 3: not readable as YAML: mapping values are not allowed in this context",
		"integration: a\nmplus:\n\tbase_url: a\n":                                                         "line 3: ",
	} {
		_, err := settings.Parse([]byte(text))
		require.ErrorContains(t, err, want, text)
	}
}

func TestParse_TellsThatThereAreMoreProblems(t *testing.T) {
	t.Parallel()
	_, err := settings.Parse([]byte(minimal + "mapping:\n  order:\n" + strings.Repeat("    - {source: a, taget: b}\n", 1200)))
	require.ErrorContains(t, err, "and more: correct these first")
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(minimal))
	f.Add([]byte(minimal + "lookups: {vat_code: {rows: [{key: '*', value: 1, percent: 21}]}}"))
	f.Add([]byte("a: &a [*a]"))
	f.Add([]byte("? [x]\n: y"))
	f.Add([]byte("integration: !!binary aGk=\n"))
	f.Add([]byte("a: &a [x,x]\nb: &b [*a,*a]\nlookups: *b\n"))
	f.Add([]byte("lookups: " + strings.Repeat("[", 200)))
	f.Add([]byte(minimal + "flows: {orders: {page_size: 0x" + strings.Repeat("f", 40) + "}}"))
	f.Add([]byte(minimal + "alerts: {channels: [{name: a, kind: email, to: [a@example.nl]}]}\nretention: {payloads: 1}\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := settings.Parse(text)
		if err != nil {
			var problems settings.Problems
			require.ErrorAs(t, err, &problems)
			require.NotEmpty(t, problems)
			return
		}
		written, err := settings.Marshal(doc)
		require.NoError(t, err)
		again, err := settings.Parse(written)
		require.NoError(t, err)
		require.Empty(t, settings.Diff(doc, again))
		rewritten, err := settings.Marshal(again)
		require.NoError(t, err)
		require.Equal(t, string(written), string(rewritten))
	})
}

func TestParse_RefusesATargetFilledTwiceInEveryMapping(t *testing.T) {
	t.Parallel()
	for _, entity := range domain.MappedEntities() {
		_, err := settings.Parse([]byte("mapping:\n  " + string(entity) + ":\n    - {target: name, source: x}\n    - {target: NAME, source: y}\n"))
		require.ErrorContains(t, err, "mapping."+string(entity)+"[1].target", entity)
		require.ErrorContains(t, err, "is filled twice", entity)
	}
}

func TestFilledIn_APlaceholderOfAnExampleIsNoValue(t *testing.T) {
	t.Parallel()
	example, err := os.ReadFile("../configs/examples/shop.yaml")
	require.NoError(t, err)
	_, err = settings.Parse(example, settings.FilledIn)
	for _, want := range []string{"accountview.company_id (line 15): is still what the example says", "accountview.client_id (line 16): is still"} {
		require.ErrorContains(t, err, want)
	}
}
