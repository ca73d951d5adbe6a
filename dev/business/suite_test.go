package business

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// groups are all stories, by the document they are told under.
var groups = []*group{
	&vatMixes, &amounts, &customers, &addresses, &waiting, &nobodys, &domestic, &fixes, &edited, &course, &exclusive, &invoices, &targets,
	&rules, &plainRules, &closed, &moved, &lateNight, &resting, &prepaid, &only, &vatRules,
	&ownNumbers, &fewLines, &changed, &inPlace, &rowActions, &changedInvoices, &numbered,
	&parkedChanges, &sources, &marked, &stepped, &credits, &creditsByHand,
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

// Two stories of one name would be told apart by nobody.
func TestStories_HaveNamesOfTheirOwn(t *testing.T) {
	told := 0
	for _, g := range groups {
		seen := map[string]bool{}
		for _, s := range g.stories {
			require.False(t, seen[s.name], "%s: %s", g.name, s.name)
			seen[s.name] = true
			told++
		}
	}
	require.GreaterOrEqual(t, told, 60)
}
