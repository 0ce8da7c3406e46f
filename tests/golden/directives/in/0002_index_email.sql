-- varve: no-transaction
-- varve: depends 1, auth:5
CREATE INDEX CONCURRENTLY users_email ON users (email);
