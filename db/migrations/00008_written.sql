-- +goose Up
-- What we last wrote to a record of the target: a fingerprint for each field,
-- encrypted. A field that holds something else since was changed by somebody else.
create table written (
    integration text        not null,
    entity      text        not null,
    source_id   text        not null,
    sealed      bytea       not null,
    changed_at  timestamptz not null default now(),
    primary key (integration, entity, source_id)
);

-- +goose Down
drop table written;
