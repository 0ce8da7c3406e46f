-- varve: description An order takes its products out of the stock
-- varve: depends 3
CREATE FUNCTION take_stock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE products SET stock = stock - NEW.quantity WHERE sku = NEW.sku;
    RETURN NEW;
END;
$$;

CREATE TRIGGER order_takes_stock AFTER INSERT ON order_lines
    FOR EACH ROW EXECUTE FUNCTION take_stock();
