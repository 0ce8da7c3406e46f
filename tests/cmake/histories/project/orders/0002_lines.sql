CREATE TABLE lines (order_id INTEGER REFERENCES orders, what TEXT DEFAULT '??/ "\ )"');
