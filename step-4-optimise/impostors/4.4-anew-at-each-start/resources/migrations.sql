DROP INDEX IF EXISTS orders_by_time;
CREATE INDEX orders_by_time ON orders (order_time, id);
