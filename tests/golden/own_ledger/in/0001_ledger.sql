CREATE TABLE ${schema}.varve_ledger (id bigint PRIMARY KEY);
CREATE UNIQUE INDEX i ON ${schema}.varve_ledger (id);
