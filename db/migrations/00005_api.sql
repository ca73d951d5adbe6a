-- +goose Up
-- Who may use /api. Of a token only a hash is kept: what was printed when it was
-- made is the only copy.
create table api_token (
    id           bigint generated always as identity primary key,
    name         text        not null check (name <> ''),
    scope        text        not null check (scope in ('read', 'operate', 'admin')),
    hash         bytea       not null,
    created_at   timestamptz not null default now(),
    created_by   text        not null,
    last_used_at timestamptz,
    revoked_at   timestamptz
);

-- Versions and the audit name a token: no two in force may be called the same.
create unique index api_token_name on api_token (name) where revoked_at is null;

-- +goose Down
drop table api_token;
