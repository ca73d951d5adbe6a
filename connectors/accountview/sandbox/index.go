package sandbox

import (
	"html/template"
	"net/http"

	"github.com/shopspring/decimal"
)

// pageStyle is shared by the pages of the sandbox.
const pageStyle = `
:root{color-scheme:light dark;--line:#d9dde3;--soft:#5b6472;--accent:#0b5c8a;--card:#fff;--ground:#f4f6f8;--text:#1a2230}
@media(prefers-color-scheme:dark){:root{--line:#333c48;--soft:#9aa5b4;--accent:#6db7e4;--card:#1b222b;--ground:#12171d;--text:#e6eaf0}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--text);font:15px/1.5 system-ui,sans-serif}
main{max-width:70rem;margin:0 auto;padding:2rem 1.25rem}main.narrow{max-width:34rem}
h1{font-size:1.4rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}p{margin:.5rem 0}.soft{color:var(--soft)}
a{color:var(--accent)}code{font:13px ui-monospace,monospace}
.figures{display:flex;flex-wrap:wrap;gap:1rem;margin:1.25rem 0}
.figures div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.75rem 1.1rem;min-width:9rem}
.figures b{display:block;font-size:1.5rem;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%}th,td{padding:.5rem .75rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
tr:last-child td{border-bottom:0}th{font-weight:600;color:var(--soft);white-space:nowrap}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
label{display:block;margin:.4rem 0}button{font:inherit;padding:.45rem 1.1rem;border:1px solid var(--accent);border-radius:6px;background:var(--accent);color:#fff;cursor:pointer}
button.quiet{background:transparent;color:var(--accent)}
`

var indexPage = template.Must(template.New("index").Funcs(template.FuncMap{"euro": euro}).Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="refresh" content="5"><title>AccountView sandbox: the books</title><style>` + pageStyle + `</style></head>
<body><main>
<h1>The books of {{.Company}}</h1>
<p class="soft">AccountView sandbox, company <code>{{.Code}}</code>. This page renews itself every 5 seconds.</p>
<div class="figures">
<div>Sales orders<b>{{.OrderCount}}</b></div>
<div>Total incl. VAT<b>{{euro .Gross}}</b></div>
<div>Debtors<b>{{.DebtorCount}}</b></div>
<div>Reads<b>{{.Reads}}</b></div>
<div>Writes<b>{{.Writes}}</b></div>
</div>
<h2>Latest sales orders (verkooporders)</h2>
{{if .Orders}}<div class="scroll"><table>
<tr><th>Order</th><th>Entered</th><th>Your reference</th><th>Debtor</th><th>Lines</th><th class="n">Net</th><th class="n">VAT</th><th class="n">Total</th></tr>
{{range .Orders}}<tr><td>{{.Number}}{{if .Delivered}}<br><span class="soft">invoiced</span>{{end}}</td><td>{{.Entered}}</td><td>{{.Reference}}</td>
<td>{{.Debtor}}<br><span class="soft">{{.DebtorName}}</span></td>
<td>{{range .Lines}}{{.Quantity}} × {{.Description}} <span class="soft">{{.Article}}</span><br>{{end}}</td>
<td class="n">{{euro .Totals.Net}}</td><td class="n">{{range .Totals.VAT}}{{.Percent}} %: {{euro .Tax}}<br>{{end}}</td><td class="n"><b>{{euro .Totals.Gross}}</b></td></tr>
{{end}}</table></div>{{else}}<p>No order yet. Ring one up at the till, or POST a sales order to <code>/api/v3/accountviewdata</code>.</p>{{end}}
<h2>More</h2>
<p><a href="/_sandbox/orders">All orders</a> · <a href="/_sandbox/debtors">All debtors</a> · <a href="/_sandbox/calls">Calls</a> ·
<a href="/_sandbox/faults">Faults</a> · <a href="/_sandbox/options">Switches</a></p>
</main></body></html>
`))

// shownOrders is how many orders the page lists, the newest first.
const shownOrders = 50

type indexData struct {
	Company, Code           string
	OrderCount, DebtorCount int
	Reads, Writes           int
	Gross                   decimal.Decimal
	Orders                  []OrderDump
}

// serveIndex shows the books to a person.
func (s *Server) serveIndex(w http.ResponseWriter, r *http.Request) {
	if !only(w, r, http.MethodGet) {
		return
	}
	orders, calls := s.Orders(), s.calls.Report()
	data := indexData{
		Company: companyName, Code: companyCode, OrderCount: len(orders), DebtorCount: len(s.Debtors()),
		Reads: calls.Reads, Writes: calls.Writes,
	}
	for i := len(orders) - 1; i >= 0; i-- {
		data.Gross = data.Gross.Add(orders[i].Totals.Gross)
		if len(data.Orders) < shownOrders {
			data.Orders = append(data.Orders, orders[i])
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	_ = indexPage.Execute(w, data)
}

func euro(d decimal.Decimal) string { return "€ " + d.StringFixed(2) }
