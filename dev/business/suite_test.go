package business

import "testing"

// groups are all stories, by the document they are told under.
var groups = []*group{
	&vatMixes, &amounts, &customers, &addresses, &waiting, &course, &exclusive, &invoices, &targets, &rules, &plainRules, &closed, &moved, &lateNight, &resting, &prepaid, &only, &vatRules, &ownNumbers, &fewLines, &changed, &inPlace, &rowActions, &changedInvoices, &numbered, &parkedChanges, &sources, &credits, &creditsByHand,
}

func TestBusiness(t *testing.T) {
	s := start(t)
	for _, g := range groups {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			g.play(t, s)
		})
	}
}
