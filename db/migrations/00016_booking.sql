-- +goose Up
-- Each document that was written to the books for a sale: the sale itself, what
-- takes it back, and the sale anew. What a change means follows from these rows.
-- Without a target_id it was announced, and its answer never came.
create table booking (
    integration  text        not null,
    entity       text        not null,
    source_id    text        not null,
    version      integer     not null, -- 1 for the first; what takes a version back has its number
    kind         text        not null check (kind in ('sale', 'counter')),
    target       text        not null, -- what it is in the books: domain.Targets
    reference    text        not null,
    target_id    text        not null default '',
    content_hash text        not null, -- of the sale as it was written
    document     integer     not null,
    sealed       bytea       not null, -- what was written, and the sale as it was
    changed_at   timestamptz not null default now(),
    primary key (integration, entity, source_id, version, kind)
);

-- +goose Down
drop table booking;
