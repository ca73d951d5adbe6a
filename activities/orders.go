package activities

import "context"

// Orders brings orders from the till into the books.
type Orders struct {
	*Desk
	Starter Starter
	Rows    Rows
}

// Starter starts the workflow of an order, or tells the running one that a newer
// version arrived. Doing either twice does no harm.
type Starter interface {
	StartOrder(ctx context.Context, order OrderToStart) error
	// WakeOrder tells a parked order that what it waits for came. One whose workflow
	// somebody ended is started anew.
	WakeOrder(ctx context.Context, order OrderToStart, cause string) error
}

// OrderToStart names an order that arrived.
type OrderToStart struct {
	Integration string
	OrderID     string
	Number      string
	Marker      int64
}
