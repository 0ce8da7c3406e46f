-- varve: description An order takes its products out of the stock
-- varve: depends 3
CREATE TRIGGER order_takes_stock AFTER INSERT ON order_lines
BEGIN
    UPDATE products SET stock = stock - NEW.quantity WHERE sku = NEW.sku;
END;
