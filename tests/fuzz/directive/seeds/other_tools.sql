-- +goose Up
SELECT 1;
-- +goose Down
-- migrate:down
SELECT 2;
