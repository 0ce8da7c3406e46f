CREATE TABLE bills (id bigint PRIMARY KEY, note text DEFAULT $$don't$$);
