package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"

	"github.com/koppel/koppel/dev/outside"
	"github.com/koppel/koppel/dev/stack"
	"github.com/koppel/koppel/internal/sandboxkit"
	"github.com/koppel/koppel/workflows"
	"go.temporal.io/sdk/client"
)

// newCustomers is how many of the customers the books have never seen.
const newCustomers = 10

// ringUp sells. The flow is paused meanwhile, as a shop's is at night, so that an
// order that is changed is always changed before it is written.
func (d *demo) ringUp(ctx context.Context) error {
	schedule := d.stack.App.Temporal.ScheduleClient().GetHandle(ctx, workflows.ScheduleID(workflows.FlowOrders, stack.Integration))
	if err := schedule.Pause(ctx, client.SchedulePauseOptions{Note: "the demo is ringing up"}); err != nil {
		return fmt.Errorf("pause the schedule: %w", err)
	}
	customers, err := d.customers(ctx)
	if err != nil {
		return err
	}
	random := rand.New(rand.NewPCG(d.Seed, 1))
	articles := sandboxkit.SeedShop().Articles
	twice, changed := 0, 0
	for i := range d.Orders {
		one := randomSale(random, articles, customers[i%len(customers)])
		var order outside.Saved
		if err := d.till.Post(ctx, "/_sandbox/orders", one, &order); err != nil {
			return err
		}
		if i%10 == 3 {
			twice++
			if err := d.till.Post(ctx, "/_sandbox/orders/"+order.OrderID+"/save", struct{}{}, nil); err != nil {
				return err
			}
		}
		if i%10 == 7 {
			changed++
			one.Lines = append(one.Lines, randomLine(random, articles))
			if err := d.till.Put(ctx, "/_sandbox/orders/"+order.OrderID, one, nil); err != nil {
				return err
			}
		}
	}
	if err := d.saveAtOnce(ctx, customers[len(customers)-1]); err != nil {
		return err
	}
	d.say("rang up %d orders of %d customers, %d of them new to the books; %d saved twice, %d changed before they were written",
		d.Orders, len(customers), newCustomers, twice, changed)
	return schedule.Unpause(ctx, client.ScheduleUnpauseOptions{})
}

// saveAtOnce saves all orders of one new customer again at the same moment, so
// that they are pulled, and pushed, side by side. It adds no order.
func (d *demo) saveAtOnce(ctx context.Context, customer int64) error {
	var all struct {
		Orders []struct {
			OrderID        string `json:"order_id"`
			RelationNumber int64  `json:"relation_number"`
		} `json:"orders"`
	}
	if err := d.till.Get(ctx, "/_sandbox/orders", &all); err != nil {
		return err
	}
	var wg sync.WaitGroup
	failed := make(chan error, len(all.Orders))
	for _, order := range all.Orders {
		if order.RelationNumber == customer {
			wg.Go(func() { failed <- d.till.Post(ctx, "/_sandbox/orders/"+order.OrderID+"/save", struct{}{}, nil) })
		}
	}
	wg.Wait()
	close(failed)
	for err := range failed {
		if err != nil {
			return err
		}
	}
	return nil
}

// customers picks customers that the till knows and adds new ones.
func (d *demo) customers(ctx context.Context) ([]int64, error) {
	var numbers []int64
	for _, c := range sandboxkit.SeedShop().Customers {
		if c.RelationNumber != 0 && len(numbers) < d.Customers-newCustomers {
			numbers = append(numbers, c.RelationNumber)
		}
	}
	for i := len(numbers); i < d.Customers; i++ {
		var made struct {
			RelationNumber int64 `json:"relation_number"`
		}
		customer := map[string]string{
			"name": fmt.Sprintf("Nieuwe Klant %d", i), "address": fmt.Sprintf("Proefstraat %d", i), "zipcode": "1234AB", "city": "Amersfoort",
			"country": "Nederland", "email": fmt.Sprintf("klant%d@example.nl", i), "phone": "0612345678",
		}
		if i%3 == 0 {
			customer["company"], customer["contact"] = fmt.Sprintf("Nieuw Bedrijf %d BV", i), "Inkoop"
		}
		if err := d.till.Post(ctx, "/_sandbox/relations", customer, &made); err != nil {
			return nil, err
		}
		numbers = append(numbers, made.RelationNumber)
	}
	return numbers, nil
}

func randomSale(random *rand.Rand, articles []sandboxkit.Article, customer int64) outside.Sale {
	s := outside.Sale{RelationNumber: customer, DeliveryMethod: []string{"AFHALEN", "BEZORGEN", "POST"}[random.IntN(3)]}
	for range 1 + random.IntN(5) {
		s.Lines = append(s.Lines, randomLine(random, articles))
	}
	if random.IntN(4) == 0 {
		s.DeliveryAddress = &outside.Place{
			Name: "Afleveradres", Address: fmt.Sprintf("Bezorglaan %d", 1+random.IntN(3)), Zipcode: "3811 AA", City: "Amersfoort", Country: "NL",
		}
	}
	return s
}

func randomLine(random *rand.Rand, articles []sandboxkit.Article) outside.SaleLine {
	quantity := []string{"1", "2", "3", "1.5", "0.250", "12"}[random.IntN(6)]
	return outside.Of(articles[random.IntN(len(articles))].Number, quantity)
}
