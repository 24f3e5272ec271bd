package bench;

import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is asked for, again and again; ids are random, and all of them exist. */
enum Workload {
    /** An answer that needs no database: a ceiling for everything else. */
    HELLO {
        @Override
        Question next(Load load, RandomGenerator random) {
            return Question.get("/");
        }
    },

    TOTAL {
        @Override
        Question next(Load load, RandomGenerator random) {
            return Question.get("/api/order_total?order_id=" + id(load.orders(), random));
        }
    },

    ORDERS {
        @Override
        Question next(Load load, RandomGenerator random) {
            return Question.get("/api/orders?cust_id=" + id(load.customers(), random));
        }
    },

    TOTALS {
        @Override
        Question next(Load load, RandomGenerator random) {
            var ids = IntStream.range(0, 20).mapToObj(i -> Integer.toString(id(load.orders(), random)));
            return Question.get("/api/orders_total?orders=" + ids.collect(Collectors.joining(",")));
        }
    },

    LIST {
        @Override
        Question next(Load load, RandomGenerator random) {
            return Question.get("/api/customers");
        }
    },

    /** Three items, none of them twice. */
    NEW {
        @Override
        Question next(Load load, RandomGenerator random) {
            var first = id(300, random);
            return Question.post(
                    "/api/add_new_order", """
                    {"customer_id":%d,"items":[{"id":%d,"quantity":1},{"id":%d,"quantity":2},{"id":%d,"quantity":3}]}""".formatted(id(load.customers(), random), first, first + 300, first + 600));
        }
    },

    /** Mostly reading, as in a shop: of 20 requests 13 totals, 4 lists of orders, 1 of totals, 2 new orders. */
    MIXED {
        @Override
        Question next(Load load, RandomGenerator random) {
            var die = random.nextInt(20);
            var what = die < 13 ? TOTAL : die < 17 ? ORDERS : die < 18 ? TOTALS : NEW;
            return what.next(load, random);
        }
    };

    abstract Question next(Load load, RandomGenerator random);

    private static int id(int count, RandomGenerator random) {
        return 1 + random.nextInt(count);
    }
}
