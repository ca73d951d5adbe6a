-- +goose Up
-- Goods that the till sold, as its history of stock tells, until the books know of them. No person stands here.
create table till_sale (
    integration text        not null,
    stock_id    bigint      not null, -- of the movement, at the till
    article     text        not null, -- number at the till
    branch      text        not null,
    quantity    text        not null, -- pieces; negative: they came back
    document    text        not null, -- id of the sale as orders have it; empty: the till names none
    at          timestamptz not null,
    settled_at  timestamptz, -- since when it counts no more
    primary key (integration, stock_id, article, branch)
);
create index till_sale_open on till_sale (integration) where settled_at is null;
create index till_sale_settled on till_sale (integration, settled_at) where settled_at is not null;

-- +goose Down
drop table till_sale;
