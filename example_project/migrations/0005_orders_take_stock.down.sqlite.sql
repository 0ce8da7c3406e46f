DROP TRIGGER order_takes_stock;
