package worker

import (
	"context"
	"fmt"
	"strings"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/operatorservice/v1"
	"go.temporal.io/sdk/client"

	"github.com/koppel/koppel/workflows"
)

// CheckSearchAttributes makes sure that the namespace has the search attributes
// that every workflow carries: without them no workflow can start.
func CheckSearchAttributes(ctx context.Context, temporal client.Client, namespace string) error {
	answer, err := temporal.OperatorService().ListSearchAttributes(ctx, &operatorservice.ListSearchAttributesRequest{Namespace: namespace})
	if err != nil {
		return fmt.Errorf("read the search attributes of namespace %s: %w", namespace, err)
	}
	var missing []string
	for _, name := range attributeNames() {
		if answer.GetCustomAttributes()[name] != enums.INDEXED_VALUE_TYPE_KEYWORD {
			missing = append(missing, name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("namespace %s misses the search attributes %s: create them with "+
		"'temporal operator search-attribute create --namespace %s --type Keyword --name %s'",
		namespace, strings.Join(missing, ", "), namespace, strings.Join(missing, " --name "))
}

func attributeNames() []string {
	return []string{
		workflows.AttributeIntegration.GetName(), workflows.AttributeFlow.GetName(),
		workflows.AttributeEntityRef.GetName(), workflows.AttributeOutcome.GetName(),
	}
}
