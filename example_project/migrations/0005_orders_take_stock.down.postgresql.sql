DROP TRIGGER order_takes_stock ON order_lines;
DROP FUNCTION take_stock();
