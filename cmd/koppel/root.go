package main

import (
	"context"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"github.com/koppel/koppel/configs"
	"github.com/koppel/koppel/internal/app"
	"github.com/koppel/koppel/internal/telemetry"
)

// root holds what all commands share.
type root struct {
	configFile string
}

func newRoot() *cobra.Command {
	r := &root{}
	cmd := &cobra.Command{
		Use:   "koppel",
		Short: "Orders from the till into the books, exactly once; the catalogue from the books to the till",
		Long: `Koppel connects MplusKASSA (the till) and AccountView (the books).

A first set-up, in this order:
  koppel secret new-key                              make the master key, keep it as KOPPEL_KEY
  koppel migrate                                     make the tables
  koppel worker   and   koppel server                run it
  koppel secret set accountview.client_secret -i shop    (and the other secrets)
  koppel connect accountview -f shop.yaml            print the address to give consent at
  koppel doctor -f shop.yaml                         look at everything, and say what to do
  koppel apply -f shop.yaml                          put the integration document in force

Every day:
  koppel parked list                                 what waits for a person
  koppel parked retry 2026.123 -i shop               try it again
  koppel parked skip 2026.123 -i shop --reason done_by_hand    end it: a person dealt with it
  koppel sync orders --key 2026.123 -i shop          pull and push one order now
  koppel sync products --key 100101 -i shop          carry one article to the till now
  koppel timeline 100101 --flow products -i shop     what became of it, and why
  koppel load start products -i shop --pace 600      bring everything to the till, at a pace
  koppel alert test -i shop --channel desk           try a channel by which people are told

Before a change of the document:
  koppel preview orders --key 2026.123 -i shop -f draft.yaml     an order in every form, field by field
  koppel sync orders --dry-run -i shop -f draft.yaml             what the flow would do now
  koppel what-if -i shop --from 2026-01-01 --until 2026-01-31 -f draft.yaml

Settings of the process:
` + configs.Help(),
		SilenceUsage:  true,
		SilenceErrors: true,
	}
	cmd.PersistentFlags().StringVar(&r.configFile, "config", "", "file with the settings of the process (KOPPEL_CONFIG)")
	cmd.AddCommand(
		r.serverCommand(), r.workerCommand(), r.migrateCommand(),
		r.applyCommand(), r.exportCommand(), r.versionsCommand(), r.diffCommand(), r.rollbackCommand(),
		r.lookupCommand(), r.secretCommand(), r.connectCommand(), r.tokenCommand(),
		r.doctorCommand(), r.coverageCommand(), r.timelineCommand(), r.listsCommand(), r.previewCommand(), r.priceCommand(), r.whatIfCommand(),
		r.syncCommand(), r.loadCommand(), r.parkedCommand(), r.alertCommand(), sandboxCommand(), versionCommand(),
	)
	return cmd
}

// load reads the settings of the process; only the named ones must be there.
func (r *root) load(needs ...string) (configs.Config, error) {
	return configs.Load(r.configFile, os.LookupEnv, needs...)
}

// open opens the database and the master key for a command. What it logs stands
// between what it tells a person: warnings only and as text, unless somebody set
// otherwise.
func (r *root) open(ctx context.Context) (*app.App, error) {
	config, err := r.load()
	if err != nil {
		return nil, err
	}
	if !config.Log.LevelChosen {
		config.Log.Level = slog.LevelWarn
	}
	config.Log.JSON = config.Log.JSON && config.Log.FormatChosen
	return app.Open(ctx, config, telemetry.NewLogger(os.Stderr, config.Log.Level, config.Log.JSON))
}

// openProcess opens the same for a process that stays, whose log machines read.
func (r *root) openProcess(ctx context.Context) (*app.App, error) {
	config, err := r.load()
	if err != nil {
		return nil, err
	}
	return app.Open(ctx, config, telemetry.NewLogger(os.Stderr, config.Log.Level, config.Log.JSON))
}

// opened runs a command with the database and the master key open.
func (r *root) opened(run func(cmd *cobra.Command, a *app.App, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		a, err := r.open(cmd.Context())
		if err != nil {
			return err
		}
		defer a.Close()
		return run(cmd, a, args)
	}
}

// connect opens the database and connects to Temporal.
func (r *root) connect(ctx context.Context) (*app.App, error) {
	a, err := r.open(ctx)
	if err != nil {
		return nil, err
	}
	if err := a.DialTemporal(ctx); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}
