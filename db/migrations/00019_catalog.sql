-- +goose Up
-- How each record of the books stands at the till. Of the record itself nothing is kept here.
create table catalog (
    integration  text        not null,
    entity       text        not null,
    source_id    text        not null, -- its key in the books
    target_id    text        not null default '', -- its number at the till; empty: not there
    draft_hash   text        not null default '', -- of what stands there, as far as it is ours
    document     integer     not null default 0, -- under which it was judged
    read_at      timestamptz not null default 'epoch', -- when what was written or judged was read
    crawl        bigint      not null default 0, -- the last complete reading that met it
    outcome      text        not null default '',
    code         text        not null default '', -- why
    look_again   boolean     not null default false, -- by the next run, whether it changed or not
    gone_at      timestamptz, -- when the books were seen to have it no more
    holder       uuid,
    locked_until timestamptz not null default 'epoch',
    changed_at   timestamptz not null default now(),
    primary key (integration, entity, source_id)
);
create index catalog_by_target on catalog (integration, entity, target_id) where target_id <> '';
create index catalog_look_again on catalog (integration, entity, source_id) where look_again;
create index catalog_by_crawl on catalog (integration, entity, crawl) where gone_at is null;

-- +goose Down
drop table catalog;
