-- Plain enough for both engines.
CREATE TABLE products (
    sku         text    PRIMARY KEY,
    name        text    NOT NULL,
    price_cents integer NOT NULL CHECK (price_cents >= 0),
    stock       integer NOT NULL DEFAULT 0 CHECK (stock >= 0)
);

INSERT INTO products (sku, name, price_cents, stock) VALUES
    ('TEA-100', 'Green tea; 100 g', 590, 40),
    ('CUP-1', 'The potter''s cup', 1450, 12);
