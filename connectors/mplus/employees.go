package mplus

import "context"

// superuser is the employee that the till keeps for programs.
const superuser = "999999"

// Employee is someone who works the till. The built-in superuser, 999999, need
// not be among those that the till lists.
type Employee struct {
	Number string
	Name   string
	Active bool
}

// Employees reads who works the tills.
func (c *Client) Employees(ctx context.Context) ([]Employee, error) {
	var w getEmployeesResponse
	if err := c.ask(ctx, opGetEmployees, nil, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	employees := make([]Employee, 0, len(w.EmployeeList))
	for _, e := range w.EmployeeList {
		employees = append(employees, Employee{
			Number: r.number("employeeNumber", e.EmployeeNumber), Name: trimmed(e.Name), Active: r.yes("active", e.Active, true),
		})
	}
	return employees, r.asAnswer(opGetEmployees)
}
