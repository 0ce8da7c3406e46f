BEGIN;
CREATE TABLE a (id integer);
COMMIT;
