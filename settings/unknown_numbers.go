package settings

import (
	"fmt"
	"slices"

	"github.com/koppel/koppel/domain"
)

// UnknownNumber is a number of the till that a setting names and that no list of
// the till has.
type UnknownNumber struct {
	Path   string
	Number string
	What   string
}

// String says where it stands and what is not there.
func (u UnknownNumber) String() string {
	return fmt.Sprintf("%s: the till has no %s %s", u.Path, u.What, u.Number)
}

// UnknownNumbers finds them among the settings of the order flow. A list that was
// never fetched says nothing, and the employee that the till keeps for integrations
// need not be on one.
func UnknownNumbers(doc Document, lists domain.Listings) []UnknownNumber {
	o := doc.Flows.Orders
	var unknown []UnknownNumber
	look := func(path, what string, list domain.ListKind, numbers ...string) {
		items, fetched := lists[list]
		if !fetched {
			return
		}
		for _, number := range numbers {
			if !slices.ContainsFunc(items, func(i domain.ListedItem) bool { return i.Code == number }) {
				unknown = append(unknown, UnknownNumber{"flows.orders." + path, number, what})
			}
		}
	}
	if o.Fill.Employee != Default("").Flows.Orders.Fill.Employee {
		look("fill.employee", "employee", domain.ListTillEmployees, o.Fill.Employee)
	}
	if o.Mark.With == MarkCategory {
		look("mark.category", "order category", domain.ListTillOrderCategories, o.Mark.Category)
	}
	look("only.branches", "branch", domain.ListTillBranches, o.Only.Branches...)
	look("only.categories", "order category", domain.ListTillOrderCategories, o.Only.Categories...)
	look("only.employees", "employee", domain.ListTillEmployees, o.Only.Employees...)
	return unknown
}
