CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, slug TEXT);
INSERT INTO posts (title) VALUES ('First Post'), ('Second');
