DELETE FROM users WHERE id = 1;
DROP TABLE posts;
