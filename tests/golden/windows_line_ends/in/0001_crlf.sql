CREATE TABLE a (
    id INTEGER -- é
);
INSERT INTO a VALUES ('one
two');
