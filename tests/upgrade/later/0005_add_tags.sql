-- varve: description Words for a post
CREATE TABLE tags (post BIGINT NOT NULL, word TEXT NOT NULL);
