-- +goose Up
-- Lists that the connected systems keep, as last fetched. Encrypted: a list of
-- employees names people.
create table listing (
    integration text        not null,
    kind        text        not null,
    sealed      bytea       not null,
    items       integer     not null,
    fetched_at  timestamptz not null default now(),
    primary key (integration, kind)
);

-- How the last test of each connection ended. The checks are codes; what was
-- found is encrypted beside them.
create table connection_test (
    integration text        not null,
    system      text        not null,
    code        text        not null, -- empty: the connection can do its work
    sealed      bytea       not null,
    tested_at   timestamptz not null default now(),
    primary key (integration, system)
);

-- A consent that was asked of a person: what the browser must bring back is
-- known by its hash only, and counts once. The row goes when it was tried.
create table consent (
    id          uuid        primary key,
    integration text        not null,
    system      text        not null,
    state_hash  bytea       not null unique,
    sealed      bytea       not null, -- what the exchange needs
    expires_at  timestamptz not null,
    returned_at timestamptz           -- when the browser came back
);

create index consent_expires on consent (expires_at);

-- +goose Down
drop table consent;
drop table connection_test;
drop table listing;
