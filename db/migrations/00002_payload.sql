-- +goose Up
-- The key that encrypts the payloads of one integration and month, itself
-- encrypted with the master key. Destroying it destroys that month's payloads.
create table payload_key (
    integration text        not null,
    month       date        not null,
    sealed      bytea       not null,
    created_at  timestamptz not null default now(),
    primary key (integration, month)
);

-- What came, what was sent and what was answered: encrypted, one partition a
-- month, made when the month's first payload is stored.
create table payload (
    id          uuid        not null,
    integration text        not null,
    month       date        not null,
    sealed      bytea       not null,
    created_at  timestamptz not null default now(),
    primary key (month, id)
) partition by range (month);

-- +goose Down
drop table payload;
drop table payload_key;
