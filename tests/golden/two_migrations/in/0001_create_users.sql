-- varve: description Users and their e-mail addresses

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    email TEXT NOT NULL UNIQUE
);

-- The first user; this comment is not embedded.
INSERT INTO users (email) VALUES ('admin@example.org');
