-- +goose Up
-- Rows of prices of the books as they were read last, each beside the list of the till that it belongs in. A row of
-- an article group or an attribute stands here once for each article. It holds codes, numbers and days only.
create table price_row (
    integration text   not null,
    row_id      text   not null, -- in the books: object and key
    sku         text   not null, -- the article that it is of; empty: of a discount group of the till, or of everything
    holder      text   not null, -- customer, article, or row where it cannot be told whose it is
    subject     text   not null, -- number of the customer, code of the article, or the row itself
    price       jsonb  not null, -- as the books have it
    fault       text   not null default '', -- why it cannot be used
    words       text   not null default '', -- names of columns and rules, never what they hold
    valid_from  text   not null default '', -- a day, as 2026-03-01
    valid_until text   not null default '',
    crawl       bigint not null, -- the last reading that met it
    primary key (integration, row_id, holder, sku)
);
create index price_row_by_list on price_row (integration, holder, subject);
create index price_row_by_crawl on price_row (integration, crawl);
create index price_row_begins on price_row (integration, valid_from) where valid_from <> '';
create index price_row_ends on price_row (integration, valid_until) where valid_until <> '';

-- The lists of the till that prices of the books belong in.
create table price_list (
    integration text    not null,
    holder      text    not null,
    subject     text    not null,
    due_at      bigint  not null default 0, -- when it was seen to need a look, in milliseconds; 0: it does not
    carried_on  text    not null default '', -- the day that it was made to hold
    ours        text[]  not null default '{}', -- keys of rows at the till that the books had
    waiting     text[]  not null default '{}', -- what rows wait for that people must make at the till, one entry for each row
    absent      boolean not null default false, -- the till does not know the customer
    primary key (integration, holder, subject)
);
create index price_list_due on price_list (integration) where due_at > 0;

-- What a customer pays for an article is a question too.
alter table request drop constraint request_kind_check;
alter table request add constraint request_kind_check check (kind in ('preview', 'dry_run', 'what_if', 'price'));

-- +goose Down
delete from request where kind = 'price';
alter table request drop constraint request_kind_check;
alter table request add constraint request_kind_check check (kind in ('preview', 'dry_run', 'what_if'));
drop table price_list;
drop table price_row;
