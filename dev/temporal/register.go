package temporal

import (
	"context"
	"fmt"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"
)

const readyPoll = 20 * time.Millisecond

// register waits until the server answers for the namespace and adds the search attributes that a file from an earlier
// version lacks.
func (s *Server) register(ctx context.Context) error {
	c, err := client.NewLazyClient(client.Options{
		HostPort: s.Address(), Namespace: s.options.Namespace, Logger: log.NewStructuredLogger(s.logger.quiet()),
	})
	if err != nil {
		return fmt.Errorf("connect to the Temporal server: %w", err)
	}
	defer c.Close()
	return poll(ctx, func() error {
		_, err := c.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{
			Namespace: s.options.Namespace,
		})
		if err != nil {
			return fmt.Errorf("read Temporal's namespace %s: %w", s.options.Namespace, err)
		}
		return s.addMissingAttributes(ctx, c.OperatorService())
	})
}

func (s *Server) addMissingAttributes(ctx context.Context, operator operatorservice.OperatorServiceClient) error {
	known, err := operator.ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{
		Namespace: s.options.Namespace,
	})
	if err != nil {
		return fmt.Errorf("list Temporal's search attributes: %w", err)
	}
	missing := map[string]enumspb.IndexedValueType{}
	for _, name := range s.options.SearchAttributes {
		if _, found := known.GetCustomAttributes()[name]; !found {
			missing[name] = enumspb.INDEXED_VALUE_TYPE_KEYWORD
		}
	}
	if len(missing) == 0 {
		return nil
	}
	_, err = operator.AddSearchAttributes(ctx, &operatorservice.AddSearchAttributesRequest{
		Namespace: s.options.Namespace, SearchAttributes: missing,
	})
	if err != nil {
		return fmt.Errorf("add Temporal's search attributes: %w", err)
	}
	return fmt.Errorf("search attributes %v were added but are not listed yet", missing)
}

// poll repeats try until it succeeds; the error of the last try tells why the context ended first.
func poll(ctx context.Context, try func() error) error {
	ticker := time.NewTicker(readyPoll)
	defer ticker.Stop()
	for {
		err := try()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("%w (%w)", err, ctx.Err())
		case <-ticker.C:
		}
	}
}
