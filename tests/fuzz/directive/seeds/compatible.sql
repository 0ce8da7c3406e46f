-- varve: compatible no program has read it since 2.4
ALTER TABLE a DROP COLUMN x;
