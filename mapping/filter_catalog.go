package mapping

import "github.com/koppel/koppel/domain"

// ProductPasses reports whether the document lets a product go to the till. Lookup
// rows go by the day.
func (m *Mapper) ProductPasses(p domain.Product, on domain.Date) (bool, error) {
	source := productSourceFrom(p, false)
	return m.passes(domain.EntityProduct, &productScope{Run: &run{on: on}, Product: source, Main: source, Settings: &m.settings})
}

// CategoryPasses is ProductPasses for a category.
func (m *Mapper) CategoryPasses(c domain.Category, on domain.Date) (bool, error) {
	return m.passes(domain.EntityCategory, &categoryScope{Run: &run{on: on}, Category: categorySourceFrom(c), Settings: &m.settings})
}

// StockPasses is ProductPasses for a stock level.
func (m *Mapper) StockPasses(s domain.StockLevel, on domain.Date) (bool, error) {
	return m.passes(domain.EntityStock, &stockScope{Run: &run{on: on}, Stock: stockSourceFrom(s), Settings: &m.settings})
}

// PricePasses is ProductPasses for a price.
func (m *Mapper) PricePasses(p domain.Price, on domain.Date) (bool, error) {
	return m.passes(domain.EntityPrice, &priceScope{Run: &run{on: on}, Price: priceSourceFrom(p), Settings: &m.settings})
}

func (m *Mapper) passes(entity domain.Entity, scope any) (bool, error) {
	filter := m.filters[entity]
	if filter.row == nil {
		return true, nil
	}
	return filter.holds(scope, entity)
}

// holds evaluates a filter that is there; without one nothing holds. The entity is
// its place in errors.
func (f Filter) holds(scope any, entity domain.Entity) (bool, error) {
	if f.row == nil {
		return false, nil
	}
	value, given, err := f.row.value(scope)
	if err != nil {
		return false, failed(err, entity, "", 0)
	}
	if !given { // nothing: no record is left out over that without telling
		return false, &ExpressionError{Entity: entity}
	}
	return value.Bool, nil
}
