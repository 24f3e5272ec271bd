-- An index for each column that somebody compares: the primary keys have three of them already.
CREATE INDEX IF NOT EXISTS orders_by_time ON orders (order_time, id);
CREATE INDEX IF NOT EXISTS order_items_by_order ON order_items (order_id);
CREATE INDEX IF NOT EXISTS customer_by_id ON customer (id);
CREATE INDEX IF NOT EXISTS item_by_id ON item (id);
