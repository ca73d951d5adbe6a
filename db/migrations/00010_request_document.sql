-- +goose Up
-- The version of the document that a request is about (0: a draft), and the one in
-- force when it was asked, under which systems are opened (0: not noted).
alter table request
    add column document integer not null default 0,
    add column in_force integer not null default 0;

-- +goose Down
alter table request
    drop column document,
    drop column in_force;
