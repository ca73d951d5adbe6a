-- +goose Up
-- Why an attempt ended as it did: the choices on the way, as codes and business keys.
alter table outcome add column decisions jsonb not null default '[]';

-- +goose Down
alter table outcome drop column decisions;
