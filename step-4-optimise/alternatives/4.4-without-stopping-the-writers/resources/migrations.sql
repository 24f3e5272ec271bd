CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_time ON orders (order_time);
