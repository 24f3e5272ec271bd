CREATE INDEX IF NOT EXISTS orders_of_customers_by_time ON orders (customer_id, order_time);
