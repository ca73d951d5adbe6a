package mplus

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
)

// lists: what codes the till knows, for pickers and for checking lookup tables.
func (p *probe) lists() []connectors.Step {
	steps := []connectors.Step{
		p.list(domain.ListTillBranches, p.listBranches),
		p.list(domain.ListTillVATCodes, p.listVATCodes),
		p.list(domain.ListTillPaymentMethods, func(ctx context.Context) ([]domain.ListedItem, error) {
			methods, err := p.PaymentMethods(ctx)
			return itemsFromMethods(methods), err
		}),
		p.list(domain.ListTillDeliveryMethods, func(ctx context.Context) ([]domain.ListedItem, error) {
			methods, err := p.DeliveryMethods(ctx)
			return itemsFromMethods(methods), err
		}),
		p.list(domain.ListTillEmployees, p.listEmployees),
		p.list(domain.ListTillPriceGroups, func(ctx context.Context) ([]domain.ListedItem, error) {
			groups, err := p.PriceGroups(ctx)
			return itemsFromGroups(groups), err
		}),
		p.list(domain.ListTillOrderCategories, func(ctx context.Context) ([]domain.ListedItem, error) {
			groups, err := p.OrderCategories(ctx)
			return itemsFromGroups(groups), err
		}),
		p.list(domain.ListTillTurnoverGroups, func(ctx context.Context) ([]domain.ListedItem, error) {
			groups, err := p.TurnoverGroups(ctx)
			return itemsFromGroups(groups), err
		}),
		p.list(domain.ListTillArticleGroups, p.listArticleGroups),
		p.list(domain.ListTillCustomFields, p.listCustomFields),
	}
	if p.settings.Employee != "" && p.settings.Employee != superuser {
		steps = append(steps, connectors.Step{Name: "employee", Look: p.knownEmployee})
	}
	if len(p.settings.Branches) > 0 {
		steps = slices.Insert(steps, 1, connectors.Step{Name: "branches", Need: connectors.Needed, Look: p.knownBranches})
	}
	return steps
}

// list is a step that fetches a list.
func (p *probe) list(kind domain.ListKind, read func(context.Context) ([]domain.ListedItem, error)) connectors.Step {
	return connectors.Step{Name: "list", About: string(kind), Look: func(ctx context.Context) (string, string) {
		items, err := read(ctx)
		switch code := ""; {
		case err != nil:
			if code = callCode(err); code == codeRightMissing {
				code = codeListNotRead
			}
			return "", code
		case items == nil:
			items = []domain.ListedItem{} // fetched, and empty: not the same as never fetched
		}
		p.Listings[kind] = items
		return fmt.Sprint(len(items)), ""
	}}
}

func (p *probe) listBranches(ctx context.Context) ([]domain.ListedItem, error) {
	branches, err := p.Branches(ctx)
	var items []domain.ListedItem
	for _, b := range branches {
		tills := make([]string, len(b.Workplaces))
		for i, w := range b.Workplaces {
			tills[i] = w.Number + " " + w.Name
		}
		items = append(items, domain.ListedItem{Code: b.Number, Name: b.Name, Detail: strings.TrimSpace(b.Country + " " + strings.Join(tills, ", "))})
	}
	return items, err
}

// listVATCodes gives each code once for each rate: a code that means another rate
// elsewhere is told by its branch or country.
func (p *probe) listVATCodes(ctx context.Context) ([]domain.ListedItem, error) {
	rates, err := p.VATGroups(ctx)
	var items []domain.ListedItem
	for _, r := range rates {
		item := domain.ListedItem{Code: r.Code, Name: r.Percent.String() + " %", Detail: r.Country}
		if !slices.Contains(items, item) {
			items = append(items, item)
		}
	}
	return items, err
}

func (p *probe) listEmployees(ctx context.Context) ([]domain.ListedItem, error) {
	employees, err := p.Employees(ctx)
	var items []domain.ListedItem
	for _, e := range employees {
		items = append(items, domain.ListedItem{Code: e.Number, Name: e.Name, Inactive: !e.Active})
	}
	return items, err
}

func (p *probe) listArticleGroups(ctx context.Context) ([]domain.ListedItem, error) {
	groups, err := p.ArticleGroups(ctx)
	names := map[string]string{}
	var items []domain.ListedItem
	for _, g := range groups {
		path := g.Name
		if above, ok := names[g.Parent]; ok {
			path = above + " / " + g.Name
		}
		names[g.Number] = path
		items = append(items, domain.ListedItem{Code: g.Number, Name: g.Name, Detail: path, Inactive: g.Deleted})
	}
	return items, err
}

func (p *probe) listCustomFields(ctx context.Context) ([]domain.ListedItem, error) {
	fields, err := p.CustomFields(ctx)
	var items []domain.ListedItem
	for _, f := range fields {
		detail := strings.ToLower(strings.TrimPrefix(f.Type, "DATA-TYPE-"))
		if f.Required {
			detail += ", required"
		}
		items = append(items, domain.ListedItem{Code: f.Of + "." + f.Name, Name: f.Name, Detail: detail})
	}
	return items, err
}

func itemsFromMethods(methods []Method) []domain.ListedItem {
	var items []domain.ListedItem
	for _, m := range methods {
		items = append(items, domain.ListedItem{Code: m.Key, Name: m.Description, Detail: m.Ledger, Inactive: !m.Active})
	}
	return items
}

func itemsFromGroups(groups []Group) []domain.ListedItem {
	var items []domain.ListedItem
	for _, g := range groups {
		items = append(items, domain.ListedItem{Code: g.Number, Name: g.Name, Detail: g.Ledger})
	}
	return items
}
