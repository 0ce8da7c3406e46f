-- varve: description Who may log in
CREATE TABLE users (id bigint PRIMARY KEY, name TEXT NOT NULL, nick TEXT);
