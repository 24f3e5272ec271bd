-- What step 4 adds to the schema. Applied at each start, so each statement may be applied twice.
CREATE INDEX IF NOT EXISTS orders_by_time ON orders (order_time, id);
