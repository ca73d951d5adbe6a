package accountview

import (
	"context"
	"slices"
	"strings"

	"github.com/koppel/koppel/connectors"
	"github.com/koppel/koppel/domain"
	"github.com/koppel/koppel/internal/fault"
)

// inParts writes an order that may have more lines than one call holds. Until
// all of them stand there its reference ends with a mark, so a part is never
// taken for the whole: neither by a look-up nor by a bookkeeper. Whoever comes
// after a crash finds the part by that mark and goes on from what it holds.
type inParts struct {
	*Books
	ready     fitted
	reference string
	lines     []domain.Draft
}

// createInParts writes the order, or what an earlier try left to write.
func (b *Books) createInParts(ctx context.Context, ready fitted, reference string) (connectors.OrderRecord, error) {
	p := inParts{b, ready, reference, withoutEmpty(ready.draft).Lines}
	op := system + " POST " + ready.target.object
	begun, err := b.unfinished(ctx, reference)
	switch {
	case err != nil:
		return connectors.OrderRecord{}, err
	case len(begun) > 1:
		return connectors.OrderRecord{}, fault.New(fault.Conflict, codeOrderUnfinished, op).About(begun[0].ID + ", " + begun[1].ID)
	case len(begun) == 1:
		return p.finish(ctx, begun[0].ID)
	case len(p.lines) <= b.settings.OrderLineBatch:
		return b.createWhole(ctx, ready, reference)
	}
	first, err := b.firstPart(ctx, ready, reference)
	if err != nil {
		return connectors.OrderRecord{}, err
	}
	stored, err := b.create(ctx, first.target.newRecord(first.draft, b.bookDate()), first.target.key)
	if err != nil {
		return connectors.OrderRecord{}, err
	}
	return p.finish(ctx, stored.text(first.target.key))
}

// firstPart is the order with its mark and as many lines as one call holds. It
// is refused where the mark could not be taken off again.
func (b *Books) firstPart(ctx context.Context, ready fitted, reference string) (fitted, error) {
	allowed, err := b.ChangesAllowed(ctx)
	if err != nil {
		return fitted{}, err
	}
	if !allowed.Header {
		return fitted{}, fault.New(fault.Invalid, codeTooManyLines, system+" POST "+ready.target.object)
	}
	first := withText(ready.draft, b.settings.OrderRefField, reference+b.settings.UnfinishedMark)
	first.Lines = first.Lines[:b.settings.OrderLineBatch]
	return b.fitNew(ctx, b.orderTarget(), first)
}

// unfinished looks for parts of an order.
func (b *Books) unfinished(ctx context.Context, reference string) ([]connectors.OrderRecord, error) {
	rows, err := b.find(ctx, b.openOrders(), b.settings.OrderRefField, strings.TrimSpace(reference)+b.settings.UnfinishedMark)
	if err != nil {
		return nil, err
	}
	found := orderList{}
	for _, r := range rows {
		found.add(b.settings.orderFromSalesOrder(r))
	}
	return found.orders, nil
}

// finish adds what is missing, part by part, and takes the mark off when the
// books show every line. A part that fails leaves an order behind, so what is
// not a plain refusal is unclear: the caller settles, and comes again.
func (p inParts) finish(ctx context.Context, id string) (connectors.OrderRecord, error) {
	if err := p.complete(ctx, id); err != nil {
		return connectors.OrderRecord{}, p.halfWay(err, id)
	}
	return connectors.OrderRecord{ID: id, Reference: p.reference}, nil
}

func (p inParts) complete(ctx context.Context, id string) error {
	for left := -1; ; {
		stored, err := p.wholeOrder(ctx, id)
		if err != nil {
			return err
		}
		next, missing, err := p.nextPart(stored)
		switch {
		case err != nil:
			return err
		case missing == 0:
			return p.updateHeader(ctx, fitted{withoutEmpty(p.ready.draft), p.ready.target}, stored)
		case left >= 0 && missing >= left: // what was sent did not become lines of the order
			return fault.New(fault.Conflict, codeOrderUnfinished, system+" PUT "+p.ready.target.object)
		}
		left = missing
		if err := p.put(ctx, stored.id, next); err != nil {
			return err
		}
	}
}

// nextPart is the change that brings an order nearer to its draft, and how many
// lines are not right yet. Lines that are not the beginning of the draft, because
// the sale changed meanwhile, are replaced where the row actions allow it.
func (p inParts) nextPart(stored wholeRecord) (envelope, int, error) {
	n := len(stored.lines)
	begins := n <= len(p.lines) && !slices.ContainsFunc(zip(stored.lines, p.lines), func(at pair) bool { return !p.looksLike(at.row, at.line) })
	most, s := p.settings.OrderLineBatch, p.settings.RowActions
	var plan []lineChange
	switch {
	case begins && s.Add == "": // no value for RowAction is known: a plain line is a new one
		rest := p.lines[n:]
		part := domain.Draft{Fields: []domain.Field{{Name: p.ready.target.key, Value: domain.TextValue(stored.id)}}, Lines: rest[:min(most, len(rest))]}
		return p.ready.target.change(part, p.bookDate()), len(rest), nil
	case begins:
		for _, line := range p.lines[n:] {
			plan = append(plan, lineChange{action: s.Add, line: line})
		}
	case s.replaces():
		var err error
		if plan, err = p.planLines(stored.lines, p.lines); err != nil {
			return envelope{}, 0, err
		}
		slices.Reverse(plan) // new lines first: an order may not be left without any
	default:
		return envelope{}, 0, fault.New(fault.Conflict, codeOrderUnfinished, system+" GET "+p.ready.target.object)
	}
	return p.changeLines(p.ready.target, stored.id, plan[:min(most, len(plan))]), len(plan), nil
}

// looksLike compares a stored line with one of the draft by everything but
// prose, which the books may write in letters of their own.
func (p inParts) looksLike(r row, line domain.Draft) bool {
	return !slices.ContainsFunc(line.Fields, func(f domain.Field) bool {
		prose := p.ready.target.lineLetters[f.Name] == letterMemo || f.Value.Kind == domain.KindText && strings.Contains(f.Value.Text, " ")
		return !prose && !p.holds(r, f)
	})
}

type pair struct {
	row  row
	line domain.Draft
}

func zip(rows []row, lines []domain.Draft) []pair {
	pairs := make([]pair, 0, len(rows))
	for i := range min(len(rows), len(lines)) {
		pairs = append(pairs, pair{rows[i], lines[i]})
	}
	return pairs
}

// halfWay words what stopped an order of which a part stands in the books.
func (p inParts) halfWay(err error, id string) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	switch f.Kind {
	case fault.Rejected, fault.Invalid, fault.Conflict, fault.NotFound:
		return fault.New(fault.Conflict, codeOrderUnfinished, f.Op).About(id).WithDetail(f.Detail())
	case fault.Uncertain:
		return about(err, id)
	default:
		return fault.New(fault.Uncertain, f.Code, f.Op).About(id).After(f.RetryAfter)
	}
}
