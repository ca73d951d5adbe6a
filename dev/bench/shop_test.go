package bench

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/internal/testkit"
	"github.com/koppel/koppel/settings"
	"github.com/koppel/koppel/workflows"
)

// articles is how many articles a shop has: KOPPEL_BENCH_ARTICLES, or 100,000.
func articles(b *testing.B) int {
	b.Helper()
	text := os.Getenv("KOPPEL_BENCH_ARTICLES")
	if text == "" {
		return 100_000
	}
	n, err := strconv.Atoi(text)
	require.NoError(b, err)
	return n
}

// shop is a stack with many articles, and a worker in a process of its own, so that
// what it takes in memory is its own.
type shop struct {
	*stack.Stack
	b      *testing.B
	worker *exec.Cmd
	size   int
}

func openShop(b *testing.B, adapt func(*settings.Document)) *shop {
	b.Helper()
	s := &shop{b: b, size: articles(b)}
	goods := manyArticles(s.size)
	started, err := stack.Start(b.Context(), stack.Options{
		Home: b.TempDir(), DatabaseURL: testkit.DatabaseURL(b), Log: slog.New(slog.DiscardHandler), WithoutUI: true, WithoutServer: true,
		WithoutWorker: true, Disposable: true, BooksShop: goods, TillShop: goods, Document: func(d *settings.Document) {
			d.Flows.Orders.Enabled = false
			d.AccountView.Assumptions.PageSize = d.AccountView.Assumptions.MaxPageSize
			adapt(d)
		},
	})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, started.Stop()) })
	s.Stack = started
	s.startWorker()
	return s
}

// manyArticles are so many of one kind, numbered from 200000001.
func manyArticles(n int) sandboxkit.Shop {
	all := sandboxkit.SeedShop()
	shape := all.Articles[0]
	all.Articles = make([]sandboxkit.Article, 0, n)
	for i := range n {
		a := shape
		a.Number, a.Name, a.PriceIncl = firstArticle+int64(i), fmt.Sprintf("Artikel %d", i+1), int64(100+i%5000)
		all.Articles = append(all.Articles, a)
	}
	return all
}

const firstArticle = 200000001

func (s *shop) startWorker() {
	s.b.Helper()
	path := filepath.Join(s.b.TempDir(), "koppel")
	build := exec.Command("go", "build", "-o", path, "./cmd/koppel")
	build.Dir = filepath.Join("..", "..")
	output, err := build.CombinedOutput()
	require.NoError(s.b, err, string(output))
	s.worker = exec.Command(path, "worker")
	s.worker.Env = []string{
		"PATH=" + os.Getenv("PATH"), "KOPPEL_DATABASE_URL=" + s.Config.DatabaseURL.Reveal(), "KOPPEL_KEY=" + s.Config.Key.Reveal(),
		"KOPPEL_TEMPORAL_ADDRESS=" + s.Config.Temporal.Address, "KOPPEL_TEMPORAL_NAMESPACE=" + s.Config.Temporal.Namespace, "KOPPEL_WORKER_LISTEN=",
	}
	require.NoError(s.b, s.worker.Start())
	s.b.Cleanup(func() {
		_ = s.worker.Process.Kill() // it may be gone already
		_ = s.worker.Wait()
	})
}

// distant puts KOPPEL_BENCH_LATENCY milliseconds before every answer of both systems,
// which stand on the machine of the bench and answer at once otherwise.
func (s *shop) distant() {
	s.b.Helper()
	text := os.Getenv("KOPPEL_BENCH_LATENCY")
	if text == "" {
		return
	}
	n, err := strconv.Atoi(text)
	require.NoError(s.b, err)
	rule := sandboxkit.Rule{Kind: sandboxkit.Latency, Share: 1, Seconds: float64(n) / 1000}
	for _, page := range []outside.Page{s.Shop().Books().Page, s.Shop().Till().Page} {
		require.NoError(s.b, page.Post(s.b.Context(), "/_sandbox/faults", rule, nil))
	}
}

// peakMiB is the most memory that the worker ever held.
func (s *shop) peakMiB() float64 {
	s.b.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.worker.Process.Pid))
	require.NoError(s.b, err)
	_, after, found := strings.Cut(string(status), "VmHWM:")
	require.True(s.b, found)
	kib, err := strconv.Atoi(strings.Fields(after)[0])
	require.NoError(s.b, err)
	return float64(kib) / 1024
}

// full runs a flow that compares everything, and says how long it took.
func (s *shop) full(flow string) (workflows.SyncCatalogResult, time.Duration) {
	s.b.Helper()
	of, known := workflows.FlowNamed(flow)
	require.True(s.b, known)
	began := time.Now()
	run, err := s.App.Temporal.ExecuteWorkflow(context.Background(), client.StartWorkflowOptions{
		ID: workflows.DeliveryWorkflowID(flow, stack.Integration, uuid.NewString()), TaskQueue: workflows.QueueSync,
		TypedSearchAttributes: workflows.SearchAttributes(stack.Integration, flow, ""),
	}, of.Run, workflows.SyncCatalogInput{Integration: stack.Integration, Full: true})
	require.NoError(s.b, err)
	var result workflows.SyncCatalogResult
	require.NoError(s.b, run.Get(context.Background(), &result))
	require.Equal(s.b, workflows.OutcomeDone, result.Outcome, "%+v", result)
	return result, time.Since(began)
}

// change gives every hundredth article another value in one of its columns.
func (s *shop) change(column string, round int, value func(i int) any) (changed int) {
	s.b.Helper()
	for i := 0; i < s.size; i += 100 {
		code := strconv.Itoa(firstArticle + i)
		_, err := s.Shop().Books().Change(s.b.Context(), "AK1", "ARTICLE",
			outside.Column{Name: "ART_CODE", Letter: "C", Value: code}, outside.Column{Name: column, Letter: "N", Value: value(i + round)})
		require.NoError(s.b, err)
		changed++
	}
	return changed
}
