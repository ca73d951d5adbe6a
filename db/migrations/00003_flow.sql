-- +goose Up
-- How far a flow has read its source, and who is reading now.
create table cursor (
    integration  text        not null,
    flow         text        not null,
    marker       bigint      not null default 0,
    lease_holder text        not null default '',
    lease_until  timestamptz not null default 'epoch',
    moved_at     timestamptz not null default now(),
    primary key (integration, flow)
);

-- What arrived: the newest version of each document of the source.
create table inbox (
    integration     text        not null,
    entity          text        not null,
    source_id       text        not null,
    number          text        not null,
    marker          bigint      not null,
    content_hash    text        not null,
    payload_month   date        not null,
    payload_id      uuid        not null,
    total_cents     bigint      not null default 0,
    arrived_at      timestamptz not null default now(),
    started_marker  bigint      not null default -1,
    finished_marker bigint      not null default -1,
    primary key (integration, entity, source_id)
);
create index inbox_by_number on inbox (integration, entity, number);
create index inbox_unstarted on inbox (integration, entity) where started_marker < marker;
create index inbox_unfinished on inbox (integration, entity) where finished_marker < marker;

-- Which record of the target is which record of the source. A row exists before
-- the first write; its lock holds across the wait that follows an unclear answer.
create table link (
    integration  text        not null,
    entity       text        not null,
    source_id    text        not null,
    state        text        not null check (state in ('pending', 'linked')),
    target_id    text        not null default '',
    content_hash text        not null default '',
    draft_hash   text        not null default '',
    marker       bigint      not null default -1,
    document     integer     not null default 0,
    adopted      boolean     not null default false,
    owner        text        not null default '',
    holder       uuid,
    locked_until timestamptz not null default 'epoch',
    unclear      boolean     not null default false,
    changed_at   timestamptz not null default now(),
    primary key (integration, entity, source_id)
);
create index link_by_target on link (integration, entity, target_id) where state = 'linked';

-- How each attempt of each record ended.
create table outcome (
    id          bigint generated always as identity primary key,
    integration text        not null,
    flow        text        not null,
    entity      text        not null,
    source_id   text        not null,
    number      text        not null default '',
    marker      bigint      not null default 0,
    document    integer     not null,
    outcome     text        not null,
    code        text        not null default '',
    target_id   text        not null default '',
    run         text        not null,
    at          timestamptz not null default now()
);
create unique index outcome_once on outcome (integration, entity, source_id, run, outcome, code, marker);
create index outcome_by_record on outcome (integration, entity, source_id, at);

-- What a person must solve. At most one open row for each record and cause group.
create table parked (
    id            bigint generated always as identity primary key,
    integration   text        not null,
    flow          text        not null,
    entity        text        not null,
    source_id     text        not null,
    number        text        not null default '',
    code          text        not null,
    about         text        not null default '',
    document      integer     not null,
    total_cents   bigint      not null default 0,
    payload_month date,
    payload_id    uuid,
    workflow_id   text        not null default '',
    opened_at     timestamptz not null default now(),
    closed_at     timestamptz,
    closed_by     text        not null default ''
);
create unique index parked_open on parked (integration, entity, source_id) where closed_at is null;
create index parked_listed on parked (integration, opened_at) where closed_at is null;

-- +goose Down
drop table parked;
drop table outcome;
drop table link;
drop table inbox;
drop table cursor;
