-- +goose Up
-- Which number an article of the books has at the till, for ever. A code that is a number has itself, any other an alias.
create table article_number (
    integration text   not null,
    sku         text   not null, -- code of the books, in capitals
    number      bigint,          -- at the till; null: the one it asks for is asked by another code too, or is another's alias
    asks        bigint,          -- that one
    kind        text   not null, -- plain, alias
    crawl       bigint not null default 0, -- the last complete reading that met a code without a number
    primary key (integration, sku)
);
create unique index article_number_once on article_number (integration, number);
create index article_number_asked on article_number (integration, asks) where number is null;
create index article_number_alias on article_number (integration, number) where kind = 'alias';

-- +goose Down
drop table article_number;
