package mapping_test

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/mapping"
	"github.com/koppel/koppel/settings"
)

// People copy the examples that the help and the example document give.
func TestFilter_TheExamplesThatPeopleCopyCompile(t *testing.T) {
	t.Parallel()
	shop, err := os.ReadFile("../configs/examples/shop.yaml")
	require.NoError(t, err)
	examples := regexp.MustCompile(`filter: .*for example: (.*)`).FindStringSubmatch(string(shop))[1:]
	for _, field := range settings.Fields() {
		if field.Path == mapping.FilterPath {
			examples = append(examples, regexp.MustCompile(`such as (.*?)\. `).FindStringSubmatch(field.Help)[1])
		}
	}
	require.Len(t, examples, 2)
	for _, example := range examples {
		rules := demoRules(t)
		rules.Filter = example
		_, err := mapping.Compile(rules)
		require.NoError(t, err, example)
	}
}
