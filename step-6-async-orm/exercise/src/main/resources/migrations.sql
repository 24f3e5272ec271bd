-- What step 4 adds to the schema. Applied at each start, so each statement may be applied twice.
CREATE INDEX IF NOT EXISTS orders_by_time ON orders (order_time, id);
-- What step 6 adds: whoever deletes a row looks for those that refer to it.
CREATE INDEX IF NOT EXISTS orders_by_customer ON orders (customer_id);
CREATE INDEX IF NOT EXISTS customer_by_address ON customer (address_id);
