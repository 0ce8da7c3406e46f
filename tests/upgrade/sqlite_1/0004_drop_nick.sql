-- varve: breaks-older
ALTER TABLE users DROP COLUMN nick;
