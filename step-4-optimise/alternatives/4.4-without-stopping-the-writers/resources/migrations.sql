-- A build that fails leaves an invalid index of this name, which has to be dropped by hand.
CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_time ON orders (order_time);
