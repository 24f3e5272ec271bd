-- The sample data; ids count from 1 in the order given here.
INSERT INTO item (name, price, description)
VALUES ('Milk', 5, '1L bottle of milk'),
       ('Kit Kat', 1, 'Chocolate bar'),
       ('Bread', 10.50, 'Loaf of bread'),
       ('Onion', 2, 'Red onion');

INSERT INTO address (flat_number, post_code)
VALUES (101, 10001),
       (201, 10002),
       (301, 10003);

INSERT INTO customer (name, email, address_id)
VALUES ('Alex', 'alex@example.com', 1),
       ('Blake', 'blake@example.com', 2),
       ('Cam', 'cam@example.com', 3);

INSERT INTO orders (customer_id, order_time)
VALUES (1, '2024-03-18 10:30:00'),
       (3, '2024-03-20 11:00:00'),
       (2, '2024-03-25 15:00:00');

INSERT INTO order_items (order_id, item_id, quantity)
VALUES (1, 2, 4),
       (1, 3, 2),
       (1, 1, 1),
       (2, 2, 2),
       (2, 4, 5);
