CREATE INDEX IF NOT EXISTS orders_by_day ON orders (CAST(order_time AS date));
