// Package worker runs the flows: it registers the catalogue, keeps the schedules
// as the documents say, and works until it is told to stop.
package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"

	"github.com/koppel/koppel/activities"
	"github.com/koppel/koppel/workflows"
)

// Deps is what a worker works with.
type Deps struct {
	Temporal     client.Client
	Namespace    string
	Desk         *activities.Desk
	Telling      activities.Telling
	Rows         activities.Rows
	Integrations Integrations
	Log          *slog.Logger
	Concurrency  int           // activities at the same time for each system; 0 means 50
	StopTimeout  time.Duration // how long running activities may finish; 0 means 10 s
}

// Run works until the context ends, then lets running activities finish.
func Run(ctx context.Context, deps Deps) error {
	if err := CheckSearchAttributes(ctx, deps.Temporal, deps.Namespace); err != nil {
		return err
	}
	ctx, fail := context.WithCancelCause(ctx)
	defer fail(nil)
	workers := newWorkers(deps, fail)
	for i, w := range workers {
		if err := w.Start(); err != nil {
			stop(workers[:i])
			return fmt.Errorf("start the worker: %w", err)
		}
	}
	deps.Log.Info("worker is working", "queues", []string{workflows.QueueSync, workflows.QueueMplus, workflows.QueueAccountView})
	keepSchedules(ctx, deps)
	<-ctx.Done()
	stop(workers)
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		return cause
	}
	return nil
}

// keepSchedules makes the schedules what the documents say, beside the work and
// not before it: a Temporal that just came back may take a while to know its
// schedules, and orders need not wait for that.
func keepSchedules(ctx context.Context, deps Deps) {
	schedules := Schedules{Temporal: deps.Temporal, Log: deps.Log}
	for pause := time.Second; ctx.Err() == nil; pause = min(2*pause, time.Minute) {
		err := schedules.ReconcileAll(ctx, deps.Integrations)
		if err == nil {
			return
		}
		deps.Log.Warn("the schedules could not be made what the documents say; trying again", "error", err.Error(), "in", pause.String())
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// newWorkers makes a worker for each queue. One that cannot go on ends them all:
// a process that serves only some of its queues looks healthy and is not.
func newWorkers(deps Deps, fail context.CancelCauseFunc) []worker.Worker {
	concurrency := deps.Concurrency
	if concurrency == 0 {
		concurrency = 50
	}
	stopTimeout := deps.StopTimeout
	if stopTimeout == 0 {
		stopTimeout = 10 * time.Second
	}
	options := worker.Options{MaxConcurrentActivityExecutionSize: concurrency, WorkerStopTimeout: stopTimeout, OnFatalError: fail}
	var workers []worker.Worker
	for _, queue := range []string{workflows.QueueSync, workflows.QueueMplus, workflows.QueueAccountView} {
		o := options
		o.DisableWorkflowWorker = queue != workflows.QueueSync
		w := worker.New(deps.Temporal, queue, o)
		if queue == workflows.QueueSync {
			registerWorkflows(w)
		}
		registerActivities(w, deps)
		workers = append(workers, w)
	}
	return workers
}

func registerWorkflows(r worker.WorkflowRegistry) {
	for _, flow := range workflows.Catalog {
		r.RegisterWorkflow(flow.Run)
		if flow.Record != nil {
			r.RegisterWorkflow(flow.Record)
		}
	}
	for _, request := range workflows.Requests {
		r.RegisterWorkflow(request)
	}
}

func registerActivities(r worker.ActivityRegistry, deps Deps) {
	r.RegisterActivity(&activities.Orders{Desk: deps.Desk, Starter: Starter{Temporal: deps.Temporal}, Rows: deps.Rows})
	r.RegisterActivity(&activities.Days{Desk: deps.Desk})
	r.RegisterActivity(&activities.Customers{Desk: deps.Desk})
	r.RegisterActivity(&activities.Products{Desk: deps.Desk})
	r.RegisterActivity(&activities.Catalog{Desk: deps.Desk})
	r.RegisterActivity(&activities.Probes{Desk: deps.Desk})
	r.RegisterActivity(&activities.Previews{Desk: deps.Desk})
	schedules := Schedules{Temporal: deps.Temporal, Log: deps.Log}
	r.RegisterActivity(&activities.Housekeeping{Desk: deps.Desk, Schedules: schedules})
	r.RegisterActivity(&activities.Alerts{Desk: deps.Desk, Schedules: schedules, Telling: deps.Telling})
}

func stop(workers []worker.Worker) {
	done := make(chan struct{}, len(workers))
	for _, w := range workers {
		go func() {
			w.Stop()
			done <- struct{}{}
		}()
	}
	for range workers {
		<-done
	}
}
