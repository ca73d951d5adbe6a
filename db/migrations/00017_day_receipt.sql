-- +goose Up
-- Receipts that count in the total of their branch and financial day.
create table day_receipt (
    integration text        not null,
    source_id   text        not null,
    branch      text        not null,
    day         date        not null,
    marker      bigint      not null,
    added       boolean     not null default false, -- this version is in the day's total
    gathered_at timestamptz not null default now(),
    primary key (integration, source_id)
);
create index day_receipt_by_day on day_receipt (integration, day, branch);
create index day_receipt_waiting on day_receipt (integration, day, branch) where not added;

-- +goose Down
drop table day_receipt;
