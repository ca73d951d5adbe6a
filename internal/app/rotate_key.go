package app

import (
	"context"
	"fmt"
	"strings"

	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/internal/secret"
)

// Rotated is what a step of a rotation of the master key gave.
type Rotated struct {
	Key  secret.Text // the key to store now; empty: the one in use stays
	Did  []string    // what was done
	Next string      // what to do now
}

// RotateKey does the next step of giving the installation a new master key. Which
// step that is stands in the key itself. At each step every process can read
// everything, as long as all of them were given the key of the step before.
func (a *App) RotateKey(ctx context.Context) (Rotated, error) {
	stage, err := secret.RotationOf(a.Config.Key)
	if err != nil {
		return Rotated{}, err
	}
	switch stage {
	case secret.RotationNone:
		key, err := secret.AddKey(a.Config.Key)
		return Rotated{
			Key: key, Did: []string{"step 1 of 3: a new key was made. It stands beside the old one and only opens so far"},
			Next: "store the line below as KOPPEL_KEY (or in its file), with a copy; restart every server and worker with it; then run this again with it",
		}, err
	case secret.RotationAdded:
		key, err := secret.SwitchKey(a.Config.Key)
		return Rotated{
			Key: key, Did: []string{"step 2 of 3: from here on the new key seals, and the old one still opens"},
			Next: "store the line below as KOPPEL_KEY (or in its file), with a copy; restart every server and worker with it; then run this again with it",
		}, err
	default:
		return a.resealAll(ctx)
	}
}

// resealAll gives the last key only when it met nothing that an old one sealed:
// a process that still had the key of step 1 would have gone on sealing with it.
func (a *App) resealAll(ctx context.Context) (Rotated, error) {
	tables, err := db.Reseal(ctx, a.DB, a.Secrets.Box)
	rotated := Rotated{Did: []string{"step 3 of 3: what is stored is sealed anew with the new key"}}
	anew, unreadable := 0, []string(nil)
	for _, table := range tables {
		rotated.Did = append(rotated.Did, fmt.Sprintf("  %s: %d sealed anew, %d were already", table.Table, table.Anew, table.Already))
		anew, unreadable = anew+table.Anew, append(unreadable, table.Unreadable...)
	}
	switch {
	case err != nil:
		return rotated, fmt.Errorf("it broke off; nothing is lost and both keys stay: run it again: %w", err)
	case len(unreadable) > 0:
		return rotated, fmt.Errorf("%d entries open with none of the keys, so the last key is not given yet; set these secrets again, or delete their rows: %s",
			len(unreadable), strings.Join(unreadable[:min(len(unreadable), 10)], ", "))
	case anew > 0:
		rotated.Next = "keep KOPPEL_KEY as it is. When every server and worker runs with it, run this once more: " +
			"if nothing was sealed with the old key since, it gives the new key alone"
		return rotated, nil
	}
	rotated.Key, err = secret.DropOldKeys(a.Config.Key)
	rotated.Next = "nothing is sealed with an old key any more. Store the line below as KOPPEL_KEY (or in its file), with a copy, and restart every server and worker. " +
		"Keep the key you have now with your backups: they are sealed with the old one"
	return rotated, err
}
