package e2e

import (
	"context"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/enums/v1"

	"github.com/koppel/koppel/connectors/accountview"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/settings"
)

func TestTillCredentialsRefused_PausesWithANoteAndGoesOnOnceTheyAreRight(t *testing.T) {
	b := setup(t, withoutWorker)
	b.koppel("of-another-till", "secret", "set", settings.SecretMplusSecret, "-i", stack.Integration)
	order := b.ringUp(oneLadle(knownCustomer))
	b.startWorker()
	eventually(t, func() string {
		if !b.described().Schedule.State.Paused {
			return "the schedule is not paused"
		}
		return ""
	})
	require.Contains(t, b.described().Schedule.State.Note, "MplusKASSA refuses the credentials.")
	require.Contains(t, b.described().Schedule.State.Note, "koppel secret set mplus.ident and mplus.secret")
	eventually(t, func() string {
		actions := b.described().Info.RecentActions
		run := actions[len(actions)-1].StartWorkflowResult
		described, err := b.App.Temporal.DescribeWorkflowExecution(context.Background(), run.WorkflowID, run.FirstExecutionRunID)
		require.NoError(t, err)
		if status := described.GetWorkflowExecutionInfo().GetStatus(); status != enums.WORKFLOW_EXECUTION_STATUS_FAILED {
			return "the run is " + status.String()
		}
		return ""
	})

	b.koppel(b.Sandboxes.Till.Ready().Secret, "secret", "set", settings.SecretMplusSecret, "-i", stack.Integration)
	b.unpause()
	b.tick() // at once: the new secret counts from the moment it is set
	b.awaitDelivered(order)
	require.False(t, b.described().Schedule.State.Paused)
}

func TestTokensExpireAndRotateUnderLoad_DeliversAllAndKeepsAGoodRefreshToken(t *testing.T) {
	const expiries = 12
	b := setup(t)
	b.pause()
	b.books.post("/_sandbox/options", map[string]string{"token_ttl": "3s"}, nil)
	for i := range expiries { // the token of all dies in the middle of their calls, again and again
		b.books.breaks(sandboxkit.Rule{Kind: sandboxkit.ExpiredToken, Calls: 1, Skip: 20 * i})
	}
	var orders []saved
	for i := range 40 {
		s := oneLadle(0)
		s.NewCustomer = newcomer(i)
		orders = append(orders, b.ringUp(s))
	}
	b.unpause()
	b.awaitDelivered(orders...)
	require.Equal(t, expiries, b.books.hits()[sandboxkit.ExpiredToken])
	require.GreaterOrEqual(t, b.books.calls().Operations["POST token"], expiries)
	require.Zero(t, b.everParked())
	require.False(t, b.described().Schedule.State.Paused)

	b.books.mends()
	b.pause()
	stored, err := b.App.Tokens.Current(context.Background(), stack.Integration, "accountview")
	require.NoError(t, err)
	token, err := accountview.TokenFromStored(stored)
	require.NoError(t, err)
	ready := b.Sandboxes.Books.Ready()
	require.NotEqual(t, ready.RefreshToken, token.Refresh.Reveal(), "it rotated")
	status, answer := b.books.send(http.MethodPost, "/api/v3/token", []byte(url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {token.Refresh.Reveal()},
		"client_id": {ready.ClientID}, "client_secret": {ready.ClientSecret},
	}.Encode()), http.Header{"Content-Type": {"application/x-www-form-urlencoded"}})
	require.Equal(t, http.StatusOK, status, "%s", answer)
}
