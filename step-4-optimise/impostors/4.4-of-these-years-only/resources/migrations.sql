CREATE INDEX IF NOT EXISTS orders_by_time ON orders (order_time, id) WHERE order_time >= '2024-01-01';
