-- +goose Up
-- An integration is one AccountView company and one MplusKASSA administration.
create table integration (
    slug            text primary key,
    current_version integer     not null default 0,
    created_at      timestamptz not null default now()
);

-- Every version of an integration's document, immutable.
create table document (
    integration text        not null references integration (slug),
    version     integer     not null,
    yaml        text        not null,
    author      text        not null,
    note        text        not null default '',
    created_at  timestamptz not null default now(),
    primary key (integration, version)
);

-- Secrets of the outside systems, encrypted; never part of a document.
create table secret (
    integration text        not null,
    name        text        not null,
    sealed      bytea       not null,
    changed_at  timestamptz not null default now(),
    primary key (integration, name)
);

-- The OAuth tokens of a connection. Its row lock makes one refresher.
create table token (
    integration text        not null,
    system      text        not null,
    sealed      bytea       not null,
    changed_at  timestamptz not null default now(),
    primary key (integration, system)
);

-- Places at the gate of a connection: one row for each call that may be in flight.
create table gate_slot (
    connection text        not null,
    slot       integer     not null,
    holder     uuid,
    free_at    timestamptz not null default 'epoch',
    primary key (connection, slot)
);

-- When the next call of a connection may begin.
create table gate_rate (
    connection text primary key,
    next_at    timestamptz not null default 'epoch'
);

-- +goose Down
drop table gate_rate;
drop table gate_slot;
drop table token;
drop table secret;
drop table document;
drop table integration;
