-- varve: depends 1
CREATE TABLE posts (id bigint PRIMARY KEY, author BIGINT NOT NULL REFERENCES users (id), body TEXT);
INSERT INTO users (id, name) VALUES (1, 'it''s größer 💾; -- not a comment');
