CREATE TABLE shops (name TEXT); -- né
