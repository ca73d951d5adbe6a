package testkit

import (
	"bytes"
	"io"
	"testing"

	"github.com/stretchr/testify/require"
)

// endingTest is a test whose end we decide.
type endingTest struct {
	testing.TB
	output bytes.Buffer
	end    func()
}

func (e *endingTest) Helper()            {}
func (e *endingTest) Output() io.Writer  { return &e.output }
func (e *endingTest) Cleanup(end func()) { e.end = end }

func TestLogger_WritesWhileTheTestRunsAndDropsWhatComesAfter(t *testing.T) {
	t.Parallel()
	test := &endingTest{TB: t}
	logger := Logger(test)
	logger.Debug("order pulled", "ref", "2026.1")
	require.Contains(t, test.output.String(), `msg="order pulled" ref=2026.1`)

	written := test.output.Len()
	test.end()
	logger.Info("too late")
	require.Equal(t, written, test.output.Len())
}
