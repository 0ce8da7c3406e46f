-- varve: no-transaction
-- Without locking the table: the shop stays open while the index is built.
CREATE INDEX CONCURRENTLY orders_by_customer ON orders (customer_id);
