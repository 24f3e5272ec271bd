CREATE INDEX IF NOT EXISTS orders_time ON orders (order_time, id) INCLUDE (customer_id);
