package mplus

import "context"

// Branch is a shop of the administration.
type Branch struct {
	Number     string
	Name       string
	Country    string // ISO 3166 alpha-3
	Workplaces []Workplace
}

// Workplace is a till of a branch.
type Workplace struct {
	Number string
	Name   string
}

// Branches reads the shops and their tills.
func (c *Client) Branches(ctx context.Context) ([]Branch, error) {
	var w getBranchesResponse
	if err := c.ask(ctx, opGetBranches, nil, &w); err != nil {
		return nil, err
	}
	r := &reading{}
	branches := make([]Branch, 0, len(w.Branches))
	for _, b := range w.Branches {
		branch := Branch{
			Number: r.number("branchNumber", b.BranchNumber), Name: trimmed(b.BranchName), Country: trimmed(b.CountryIso3),
		}
		for _, p := range b.Workplaces {
			branch.Workplaces = append(branch.Workplaces,
				Workplace{Number: r.number("workplaceNumber", p.WorkplaceNumber), Name: trimmed(p.WorkplaceName)})
		}
		branches = append(branches, branch)
	}
	return branches, r.asAnswer(opGetBranches)
}
