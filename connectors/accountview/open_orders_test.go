package accountview_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/koppel/koppel/domain"
)

func TestOpenOrders_ThoseThatTheBooksDidNotDeliver(t *testing.T) {
	t.Parallel()
	for name := range variants {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := openSandbox(t, name)
			var numbers []string
			for i := range 3 {
				made, err := o.books.CreateOrder(t.Context(), domain.Draft{
					Entity: domain.EntityOrder, Key: fmt.Sprint(i),
					Fields: []domain.Field{{Name: "RPL_INV", Value: domain.TextValue("10001")}, {Name: "COMMENT1", Value: domain.TextValue(fmt.Sprint(i))}},
					Lines: []domain.Draft{{Entity: domain.EntityOrderLine, Key: "1", Fields: []domain.Field{
						{Name: "ART_CODE", Value: domain.TextValue("100101")}, {Name: "ORD_QTY", Value: domain.NumberValue(amount("1"))},
					}}},
				})
				require.NoError(t, err)
				numbers = append(numbers, made.ID)
			}
			delivered, err := http.Post(o.url+"/_sandbox/history", "application/json", strings.NewReader(`{"orders":["`+numbers[1]+`"]}`))
			require.NoError(t, err)
			require.NoError(t, delivered.Body.Close())
			require.Equal(t, http.StatusNoContent, delivered.StatusCode)
			open, err := o.books.OpenOrders(t.Context(), append([]string{"NOSUCH"}, numbers...))
			require.NoError(t, err)
			require.Equal(t, []string{numbers[0], numbers[2]}, open)
			many := make([]string, 0, 1000)
			for i := range 1000 {
				many = append(many, fmt.Sprintf("X%d", i))
			}
			open, err = o.books.OpenOrders(t.Context(), append(many, numbers[2]))
			require.NoError(t, err)
			require.Equal(t, []string{numbers[2]}, open)
			open, err = o.books.OpenOrders(t.Context(), nil)
			require.NoError(t, err)
			require.Empty(t, open)
		})
	}
}
