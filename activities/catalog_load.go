package activities

import (
	"context"
	"fmt"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/db"
	"github.com/koppel/koppel/db/store"
	"github.com/koppel/koppel/domain"
)

// CountRecordsInput names a flow from the books to the till.
type CountRecordsInput struct {
	Integration string
	Flow        string
}

// CountRecordsResult says how many records the books have for the flow.
type CountRecordsResult struct {
	Records int // 0: the flow cannot tell beforehand
}

// recordCounter counts the records of a flow before any of them is carried.
type recordCounter func(ctx context.Context, p *carriage) (int, error)

// recordCounters are the flows that can count beforehand.
var recordCounters = map[string]recordCounter{
	domain.FlowProducts: countProducts, domain.FlowStock: countProducts,
}

// CountRecords counts beforehand what an initial load will go through.
func (c *Catalog) CountRecords(ctx context.Context, in CountRecordsInput) (CountRecordsResult, error) {
	var out CountRecordsResult
	count, can := recordCounters[in.Flow]
	if !can {
		return out, nil
	}
	p := &carriage{Desk: c.Desk, flow: in.Flow, CarryInput: CarryInput{Integration: in.Integration}}
	err := p.beside(ctx)
	if err == nil {
		out.Records, err = count(ctx, p)
	}
	return out, c.fail(ctx, in.Integration, err)
}

// countProducts counts articles: a product of several variants is several.
func countProducts(ctx context.Context, p *carriage) (int, error) {
	books, err := p.Catalogue.ProductSource(ctx, p.Integration, p.doc.Version)
	if err != nil {
		return 0, err
	}
	total, part := 0, connectors.Part{Limit: p.set.PageSize, Where: p.set.Where}
	for {
		var page connectors.Page[string]
		err := patiently(ctx, func() error {
			page, err = books.ProductCodes(ctx, part)
			return err
		})
		if err != nil {
			return 0, err
		}
		beat(ctx, "counted a page")
		if total += len(page.Records); page.Next == "" {
			return total, nil
		}
		part.After = page.Next
	}
}

// articlesOf is how many articles a record is in what countProducts counts.
func (c *productCarrier) articlesOf(r *productRow) int { return max(1, len(r.source.Product.Sold())) }

// passed is how many records a page is, in what the flow counts beforehand.
func passed[T any](c carrier[T], rs []*record[T]) int {
	counts, apart := any(c).(interface{ articlesOf(*record[T]) int })
	if !apart {
		return len(rs)
	}
	n := 0
	for _, r := range rs {
		n += counts.articlesOf(r)
	}
	return n
}

// pageSize is how many records a page may have.
func (p *carriage) pageSize() int {
	if p.Most > 0 {
		return min(p.Most, p.set.PageSize)
	}
	return p.set.PageSize
}

// NoteLoadInput says why an initial load stands still; no failure: it does no longer.
type NoteLoadInput struct {
	Integration string
	Flow        string
	Failure     Failure
}

// NoteLoad lets people be told that an initial load stands still, or goes on.
func (c *Catalog) NoteLoad(ctx context.Context, in NoteLoadInput) error {
	return c.failButTryOn(ctx, in.Integration, c.noteLoad(ctx, in))
}

func (c *Catalog) noteLoad(ctx context.Context, in NoteLoadInput) error {
	if in.Failure.Code == "" {
		err := db.Q.IncidentCloseFlow(ctx, c.DB, store.IncidentCloseFlowParams{
			Integration: in.Integration, Flow: in.Flow, Topic: domain.TopicPaused, Subject: domain.SubjectLoad,
		})
		if err != nil {
			return fmt.Errorf("close the incident of a load: %w", err)
		}
		return nil
	}
	err := db.Q.IncidentOpen(ctx, c.DB, store.IncidentOpenParams{
		Integration: in.Integration, Flow: in.Flow, Code: in.Failure.Code, Topic: domain.TopicPaused, Subject: domain.SubjectLoad,
	})
	if err != nil {
		return fmt.Errorf("note that a load stands still: %w", err)
	}
	return nil
}
