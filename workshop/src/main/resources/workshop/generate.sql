-- Any amount of data, made inside the database: workshop.customers and workshop.orders more rows, from workshop.seed.
SELECT setseed((current_setting('workshop.seed')::bigint % 1000000) / 1000000.0);

INSERT INTO item (name, price, description)
SELECT 'Item ' || n, (random() * 100)::numeric(10, 2), CASE WHEN n % 10 > 0 THEN 'generated item ' || n END
  FROM generate_series(1, CASE WHEN current_setting('workshop.orders')::bigint > 0 THEN 1000 ELSE 0 END) AS n;

INSERT INTO address (flat_number, post_code)
SELECT 1 + floor(random() * 999)::int, 10000 + floor(random() * 89999)::int
  FROM generate_series(1, current_setting('workshop.customers')::bigint) AS n;

INSERT INTO customer (name, email, address_id)
SELECT (ARRAY['Ada', 'Ben', 'Chloë', 'Dev', 'Elif', 'Finn', 'Grete', 'Hiro', 'Inés', 'Jun'])[1 + n % 10] || ' ' || n,
       'customer' || (SELECT max(id) FROM customer) + n || '@example.com',
       (SELECT max(id) FROM address) - current_setting('workshop.customers')::bigint + n
  FROM generate_series(1, current_setting('workshop.customers')::bigint) AS n;

INSERT INTO orders (customer_id, order_time)
SELECT 1 + floor(random() * (SELECT max(id) FROM customer))::int,
       timestamp '2024-01-01' + floor(random() * 2 * 365 * 86400) * interval '1 second'
  FROM generate_series(1, current_setting('workshop.orders')::bigint) AS n;

-- Lines of one order step through the items, so that none appears twice in it.
INSERT INTO order_items (order_id, item_id, quantity)
SELECT id, 1 + (first_item + 211 * line) % item_count, 1 + floor(random() * 9)::int
  FROM (SELECT id, floor(random() * 1000)::int AS first_item, floor(random() * 6)::int AS line_count
          FROM orders
         ORDER BY id DESC
         LIMIT current_setting('workshop.orders')::bigint) AS generated,
       (SELECT count(*)::int AS item_count FROM item) AS items,
       generate_series(1, line_count) AS line;

ANALYZE item, address, customer, orders, order_items;
