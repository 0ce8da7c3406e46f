-- varve: no-transaction
-- varve: depends 3, auth:5
-- varve: description Add user preferences
-- varve: irreversible
-- varve: breaks-older
-- varve: allow M201 the table is empty
CREATE TABLE a (x int);
