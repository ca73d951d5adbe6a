-- +goose Up
-- The status page counts the last day, again and again.
create index inbox_by_arrival on inbox (arrived_at);
create index outcome_by_time on outcome (at);

-- +goose Down
drop index outcome_by_time;
drop index inbox_by_arrival;
