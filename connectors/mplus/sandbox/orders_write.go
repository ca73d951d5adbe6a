package sandbox

import (
	"encoding/xml"
	"errors"
)

type orderInput struct {
	Order *orderXML `xml:"order"`
}

type orderInfoXML struct {
	OrderID     string `xml:"orderId"`
	OrderString string `xml:"orderString"`
	OrderQueued *bool  `xml:"orderQueued"`
}

// saveOrderAnswer is what createOrder, updateOrder and saveOrder answer.
type saveOrderAnswer struct {
	Result       string       `xml:"result"`
	Info         orderInfoXML `xml:"info"`
	ErrorMessage string       `xml:"errorMessage"`
}

type createOrderV2Input struct {
	Request createOrderV2XML `xml:"request"`
}

type createOrderV2Answer struct {
	Result       string       `xml:"result"`
	Order        *orderXML    `xml:"order"`
	ErrorMessage *string      `xml:"errorMessage"`
	Info         orderInfoXML `xml:"info"`
}

type createOrderV3Input struct {
	Request createOrderV3XML `xml:"request"`
}

type createOrderV3Answer struct {
	IdempotencyResult string       `xml:"idempotencyResult"`
	Result            string       `xml:"result"`
	Order             *orderXML    `xml:"order"`
	ErrorMessage      *string      `xml:"errorMessage"`
	Info              orderInfoXML `xml:"info"`
}

func infoOf(o *orderXML) orderInfoXML {
	return orderInfoXML{OrderID: o.OrderID, OrderString: o.number()}
}

func createOrder(c *call, in orderInput) (saveOrderAnswer, error) {
	return c.saveOrder("CREATE-ORDER-RESULT-", value(in.Order), c.newOrder)
}

func updateOrder(c *call, in orderInput) (saveOrderAnswer, error) {
	return c.saveOrder("UPDATE-ORDER-RESULT-", value(in.Order), c.changeOrder)
}

// saveOrder makes an order when it has no id and changes it when it has one.
func saveOrder(c *call, in orderInput) (saveOrderAnswer, error) {
	sent := value(in.Order)
	if sent.OrderID == "" {
		return c.saveOrder("SAVE-ORDER-RESULT-", sent, c.newOrder)
	}
	return c.saveOrder("SAVE-ORDER-RESULT-", sent, c.changeOrder)
}

func (c *call) saveOrder(prefix string, sent orderXML, save func(*batch, orderXML) (*orderXML, error)) (saveOrderAnswer, error) {
	b := c.begin()
	o, err := save(b, sent)
	if err != nil {
		result, message, err := c.orderResult(prefix, err)
		return saveOrderAnswer{Result: result, ErrorMessage: message}, err
	}
	return saveOrderAnswer{Result: prefix + "OK", Info: infoOf(o)}, b.commit()
}

// orderResult turns what was wrong with an order into the result of the operation; anything else stays an error.
func (c *call) orderResult(prefix string, err error) (result, message string, rest error) {
	if problem, ok := errors.AsType[orderProblem](err); ok {
		switch {
		case problem == errNoChanges && c.opts.NoChangesIsFailed:
			return prefix + "FAILED", noChangesMessage, nil
		case problem == errNoChanges:
			return prefix + string(problem), noChangesMessage, nil
		case problem == errExtOrderTaken && prefix == "UPDATE-ORDER-RESULT-":
			return prefix + "FAILED", "The extOrderId belongs to another order.", nil // no result of its own here
		}
		return prefix + string(problem), "The order was not saved.", nil
	}
	if refused, ok := errors.AsType[refusal](err); ok {
		return prefix + "FAILED", string(refused), nil
	}
	return "", "", err
}

func createOrderV2(c *call, in createOrderV2Input) (createOrderV2Answer, error) {
	order := c.asPriced(in.Request.Order, in.Request.ApplySalesPrices, in.Request.ApplyPriceGroups, in.Request.ApplySalesAndActions)
	b := c.begin()
	o, err := c.newOrder(b, order)
	if err != nil {
		result, message, err := c.orderResult("CREATE-ORDER-RESULT-", err)
		return createOrderV2Answer{Result: result, ErrorMessage: &message}, err
	}
	return createOrderV2Answer{Result: "CREATE-ORDER-RESULT-OK", Order: o, Info: infoOf(o)}, b.commit()
}

const (
	originalResponse = "IDEMPOTENCY-RESULT-ORIGINAL-RESPONSE"
	replayResponse   = "IDEMPOTENCY-RESULT-REPLAY-RESPONSE"
)

// createOrderV3 answers a key it has seen with the first answer, whatever the rest of the request says.
func createOrderV3(c *call, in createOrderV3Input) (createOrderV3Answer, error) {
	key := in.Request.IdempotencyKey
	if key == "" {
		return createOrderV3Answer{}, clientFault("The idempotencyKey is empty.")
	}
	if seen, ok := c.replays[key]; ok && !c.forgotten(seen) {
		var out createOrderV3Answer
		if err := xml.Unmarshal([]byte(seen.Answer), &out); err != nil {
			return out, err
		}
		out.IdempotencyResult = replayResponse
		return out, nil
	}
	order := c.asPriced(in.Request.Order, in.Request.ApplySalesPrices, in.Request.ApplyPriceGroups, in.Request.ApplySalesAndActions)
	b := c.begin()
	out := createOrderV3Answer{IdempotencyResult: originalResponse}
	o, err := c.newOrder(b, order)
	if err != nil {
		result, message, err := c.orderResult("CREATE-ORDER-RESULT-", err)
		if err != nil {
			return out, err
		}
		b = c.begin() // nothing of the refused order may be saved, only the answer
		out.Result, out.ErrorMessage = result, &message
	} else {
		out.Result, out.Order, out.Info = "CREATE-ORDER-RESULT-OK", o, infoOf(o)
	}
	answer, err := xml.Marshal(out)
	if err != nil {
		return out, err
	}
	b.replay(key, replayRow{Answer: string(answer), Saved: c.opts.Now().UTC()})
	return out, b.commit()
}

func (c *call) forgotten(seen replayRow) bool {
	lifetime := c.opts.IdempotencyLifetime
	return lifetime > 0 && c.opts.Now().Sub(seen.Saved) > lifetime
}

// asPriced drops the prices of the lines where the caller wants the till to price them.
func (c *call) asPriced(order orderXML, wishes ...*bool) orderXML {
	o := order.clone()
	for _, wish := range wishes {
		if !value(wish) || o.LineList == nil {
			continue
		}
		for i := range o.LineList.Line {
			if data := o.LineList.Line[i].Data; data != nil {
				data.Price, data.PriceExcl = nil, nil
			}
		}
	}
	return *o
}

type cancelOrderInput struct {
	OrderID string `xml:"orderId"`
	Request *struct {
		BranchNumber *int32 `xml:"branchNumber"`
	} `xml:"request"`
}

type cancelOrderAnswer struct {
	Result  string `xml:"result"`
	Message string `xml:"message"`
}

// cancelOrder cancels what was not delivered. The amounts of the order stay as they were.
func cancelOrder(c *call, in cancelOrderInput) (cancelOrderAnswer, error) {
	old := c.orders[in.OrderID]
	if old == nil {
		return cancelOrderAnswer{"CANCEL-ORDER-RESULT-NOT-FOUND", "The order is not known."}, nil
	}
	if value(old.CancelState) == "ORDER-CANCEL-STATE-COMPLETE" {
		return cancelOrderAnswer{"CANCEL-ORDER-RESULT-ALREADY-CANCELLED", "The order is already cancelled."}, nil
	}
	o := old.clone()
	o.CancelState = new(cancelState("ORDER-CANCEL-STATE-COMPLETE"))
	o.CompleteState = new(completeState("ORDER-COMPLETE-STATE-COMPLETE"))
	for i := range o.LineList.Line {
		if data := o.LineList.Line[i].Data; data != nil {
			data.CancelledQuantity, data.CancelledDecimalPlaces = new(data.Quantity), data.DecimalPlaces
		}
	}
	b := c.begin()
	o.ChangeCounter, o.VersionNumber = new(*old.ChangeCounter+1), new(*old.VersionNumber+1)
	o.SyncMarker = new(b.marker(markOrder))
	b.order(o)
	c.touchStock(b, old, o)
	return cancelOrderAnswer{"CANCEL-ORDER-RESULT-OK", ""}, b.commit()
}
