-- varve: depends auth_schema:1
CREATE TABLE users (id integer PRIMARY KEY REFERENCES accounts (id));
