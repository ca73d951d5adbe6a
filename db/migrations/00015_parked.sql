-- +goose Up
-- What a parked record waits for, so that it can go on by itself when that comes.
alter table parked
    add column waits_for text[]      not null default '{}',
    add column parked_at timestamptz not null default now(), -- when it was parked last; opened_at: first
    add column woken_at  timestamptz; -- when it was told that what it waits for came
create index parked_waiting on parked (integration, id) where closed_at is null and woken_at is null and waits_for <> '{}';

-- The fix that a person edited this version of a record with.
alter table inbox add column edited_by uuid;

-- What a person wants changed so that a parked record can pass. Its content is
-- sealed; once it took effect none is left.
create table fix (
    id          uuid        primary key,
    integration text        not null,
    entity      text        not null,
    source_id   text        not null,
    number      text        not null,
    kind        text        not null check (kind in ('payload', 'lookup')),
    marker      bigint      not null, -- of the version of the record that it was made for
    sealed      bytea       not null,
    author      text        not null,
    state       text        not null default 'stored' check (state in ('stored', 'accepted', 'refused')),
    code        text        not null default '', -- why it was refused
    document    integer     not null default 0, -- version of the document that a row became
    made_at     timestamptz not null default now(),
    ended_at    timestamptz
);
create index fix_by_record on fix (integration, entity, source_id, made_at);
create index fix_old on fix (integration, made_at);

-- What people did about parked records, and who.
create table intervention (
    id          bigint generated always as identity primary key,
    integration text        not null,
    entity      text        not null,
    source_id   text        not null,
    number      text        not null default '',
    action      text        not null check (action in ('retry', 'fix', 'skip')),
    code        text        not null default '', -- what it was parked for
    reason      text        not null default '', -- why it is skipped
    fix         uuid,
    who         text        not null,
    at          timestamptz not null default now()
);
create index intervention_by_record on intervention (integration, entity, source_id, at);
create index intervention_old on intervention (integration, at);

-- +goose Down
drop table intervention;
drop table fix;
alter table inbox drop column edited_by;
drop index parked_waiting;
alter table parked drop column waits_for, drop column parked_at, drop column woken_at;
