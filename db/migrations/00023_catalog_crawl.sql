-- +goose Up
-- Every full compare moves the crawl of every record. An index on it made each of those
-- moves a new row in all indexes; what a crawl did not meet is asked once a crawl.
drop index catalog_by_crawl;
alter table catalog set (fillfactor = 80);

-- +goose Down
alter table catalog reset (fillfactor);
create index catalog_by_crawl on catalog (integration, entity, crawl) where gone_at is null;
