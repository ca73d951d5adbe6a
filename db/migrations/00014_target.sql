-- +goose Up
-- Where in the books a record stands, or may stand after a write that gave no
-- answer: one of domain.Targets. Empty: a sales order, or no order at all.
alter table link add column target text not null default '';

-- +goose Down
alter table link drop column target;
