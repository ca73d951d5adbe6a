-- +goose Up
-- A key that was destroyed leaves its row behind, without the key, until the
-- month's payloads are deleted: nobody makes the month a new key meanwhile, and a
-- run that stopped half-way is finished by the next.
alter table payload_key add column destroyed_at timestamptz;
create index payload_by_integration on payload (month, integration);

-- What people are told of: one open row for each cause, however many records it
-- stops. A cause that comes back after it was solved is a new row.
create table incident (
    id          bigint generated always as identity primary key,
    integration text        not null,
    flow        text        not null,
    code        text        not null,
    subject     text        not null default '', -- what else tells two causes apart: the channel that fails
    topic       text        not null check (topic in ('parked', 'paused', 'doubles', 'channel')),
    records     bigint      not null default 0, -- open now
    total_cents bigint      not null default 0,
    numbers     text[]      not null default '{}', -- the oldest of them
    oldest_at   timestamptz not null default now(), -- when the oldest of them was parked
    newest_at   timestamptz not null default now(),
    first_seen  timestamptz not null default now(),
    last_seen   timestamptz not null default now(), -- when this row last changed
    closed_at   timestamptz
);
create unique index incident_open on incident (integration, flow, code, subject) where closed_at is null;
create index incident_closed on incident (integration, closed_at) where closed_at is not null;

-- What each channel was told of it.
create table incident_told (
    incident  bigint      not null references incident (id) on delete cascade,
    channel   text        not null,
    told_at   timestamptz not null,
    solved_at timestamptz, -- when the channel was told that it is solved
    primary key (incident, channel)
);

-- Old records are looked for by the day.
create index parked_closed on parked (integration, closed_at) where closed_at is not null;

-- +goose Down
drop index parked_closed;
drop table incident_told;
drop table incident;
drop index payload_by_integration;
delete from payload_key where destroyed_at is not null;
alter table payload_key drop column destroyed_at;
