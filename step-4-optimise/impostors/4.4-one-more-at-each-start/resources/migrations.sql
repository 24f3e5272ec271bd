CREATE INDEX ON orders (order_time, id);
