-- The marketplace's five tables, plain SQL: docker-entrypoint-initdb.d runs this file too.

CREATE TABLE item (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name        varchar NOT NULL,
    price       numeric(10, 2) NOT NULL CHECK (price >= 0),
    description varchar
);

CREATE TABLE address (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    flat_number integer NOT NULL,
    post_code   integer NOT NULL
);

CREATE TABLE customer (
    id         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       varchar NOT NULL,
    email      varchar NOT NULL UNIQUE,
    address_id integer NOT NULL REFERENCES address
);

CREATE TABLE orders (
    id          integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    customer_id integer NOT NULL REFERENCES customer,
    order_time  timestamp NOT NULL
);

CREATE TABLE order_items (
    order_id integer NOT NULL REFERENCES orders,
    item_id  integer NOT NULL REFERENCES item,
    quantity integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_id, item_id)
);

-- The mark by which the workshop knows its own database.
COMMENT ON SCHEMA public IS 'marketsvc workshop';
