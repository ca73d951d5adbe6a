-- +goose Up
-- What a person asked to be shown: a preview, a dry run, a what-if. The row holds
-- counts; what was found is in the payloads it names, encrypted, as long as those
-- are kept.
create table request (
    id          uuid        primary key,
    integration text        not null,
    kind        text        not null check (kind in ('preview', 'dry_run', 'what_if')),
    state       text        not null default 'running' check (state in ('running', 'done', 'failed')),
    asked_by    text        not null,
    summary     jsonb       not null default '{}',
    results     text[]      not null default '{}',
    code        text        not null default '',
    about       text        not null default '',
    asked_at    timestamptz not null default now(),
    ended_at    timestamptz
);
create index request_by_integration on request (integration, asked_at);

-- What-if goes through what arrived, oldest first.
create index inbox_by_integration_arrival on inbox (integration, entity, arrived_at, source_id);

-- +goose Down
drop index inbox_by_integration_arrival;
drop table request;
