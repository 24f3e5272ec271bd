CREATE INDEX orders_by_time ON orders (order_time, id);
