-- varve: irreversible
-- varve: breaks-older
DROP TABLE users;
