package workshop.contract;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What an attacker or a broken client puts where a value belongs; in the tables, two spaces part two values. */
final class HostileValues {
    /** Wrong wherever something is asked for, and dangerous where text becomes SQL, a path, a format or a page. */
    private static final String ANYWHERE = """
            null  undefined  true  NaN  Infinity  []  {}  ?  :id  $1  ${1}  #{1}  {0}  $$1$$  %  %s%n  *  _  ~  '
            "  \\  `  ;  --  /*  ' OR '1'='1  1' OR '1'='1' --  1 OR 1=1  1 UNION ALL TABLE customer
            1; DROP TABLE order_items  1'); DROP TABLE order_items; --  1/**/  1--  (1)  '||'1  \\'1  E'\\061'
            pg_sleep(5)  ${jndi:ldap://localhost/x}  ../../../../etc/passwd  <script>alert(1)</script>  Zoë  山田  🛒
            """;

    /** The same, of characters that cannot be seen, and nothing, and much. */
    private static final List<String> ANYWHERE_UNSEEN = List.of(
            "", " ", "\t", "\0", "\1", "\u00a0", "\u200b", "\ufeff", "\u202e1", "1\r\nX-Injected: 1", "a".repeat(6000));

    private static final String NO_IDS = """
            abc  one  0  -0  -1  --1  +1  1.0  1.5  1e0  1e3  0x1  0b1  1L  1f  1_000  1'000  1;x=2  1|2  [1]  1\0
            \0001  1 2  2147483648  -2147483649  4294967297  99999999999  9223372036854775808
            18446744073709551617  ١  １  ¹  ①  𝟏
            """;

    private static final List<String> NO_IDS_EITHER = List.of(" 1", "1 ", "\t1", "1\n", "9".repeat(6000));

    /** Alone; in a list of ids the members of {@link #NO_IDS} are as wrong. */
    private static final String NO_ID_LISTS = """
            ,  ,1  1,  1,,2  1,2,  1, 2  1 ,2  1;2  1+2  1-3  1..3  [1,2]  {1,2}  (1,2)  1,0  1,-2  1,abc  abc,1
            1,2147483648  1,99999999999  1,1.5  1,١  1,null  1,2) OR (1=1  1,2;DROP TABLE orders  1,%  1,\0
            """;

    private static final String NO_DATES = """
            now  today  yesterday  epoch  infinity  -infinity  allballs  1  1710757800  2024  2024-03  20240101
            2024-W12-1  2024-078  2024-02-30  2023-02-29  1900-02-29  2024-04-31  2024-13-01  2024-00-10
            2024-01-00  2024-01-32  2024-1-1  24-01-01  2024/01/01  01-01-2024  01/31/2024  2024-03-18T
            2024-03-18T10  2024-03-18T1:30  2024-03-18T24:00  2024-03-18T24:00:00  2024-03-18T25:00:00
            2024-03-18T10:60  2024-03-18T10:30:61  2024-03-18T23:59:60  2024-03-18T10:30:00,5
            2024-03-18T10:30:00.1234567890  2024-03-18 10:30  2024-03-18 BC  2024-03-18T10:30Z
            2024-03-18T10:30:00Z  2024-03-18Z  2024-03-18T10:30:00+01:00  2024-03-18T10:30:00-0500
            2024-03-18T10:30:00[Europe/Berlin]  2024-03-18+01:00  0000-01-01  -0001-01-01  -2024-03-18
            +2024-03-18  10000-01-01  +10000-01-01  99999-12-31  292278995-01-01  2024-03-18\0  ٢٠٢٤-03-18
            2024–03–18  2024-03-18'  2024-03-18' OR '1'='1  2024-03-18'; DROP TABLE order_items; --
            2024-03-18'::timestamp OR true --  2024-03-18') OR (order_time < '2030-01-01  2024-03-18\\' OR 1=1 --
            """;

    private HostileValues() {}

    static Stream<String> ids() {
        return Stream.concat(noIds(), Stream.of("1,2", "1,5"));
    }

    static Stream<String> idLists() {
        return Stream.concat(noIds(), values(NO_ID_LISTS));
    }

    static Stream<String> dates() {
        return Stream.of(anywhere(), values(NO_DATES), Stream.of(" 2024-03-18", "2024-03-18 "))
                .flatMap(dates -> dates);
    }

    private static Stream<String> noIds() {
        return Stream.of(anywhere(), values(NO_IDS), NO_IDS_EITHER.stream()).flatMap(ids -> ids);
    }

    private static Stream<String> anywhere() {
        return Stream.concat(values(ANYWHERE), ANYWHERE_UNSEEN.stream());
    }

    private static Stream<String> values(String table) {
        return Stream.of(table.strip().split(" {2,}|\n"));
    }

    /** @return {@code count} short texts of digits and troublesome characters, without those that would be right */
    static Stream<String> random(Random random, int count, Predicate<String> right) {
        var alphabet = "0123456789".repeat(4) + "-+.,:eTZx '\"\\;%&=#?/*()[]{}<>$_\0\t\n٠１é中";
        return Stream.generate(() -> IntStream.range(0, 1 + random.nextInt(12))
                        .map(i -> alphabet.charAt(random.nextInt(alphabet.length())))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .filter(right.negate())
                .limit(count);
    }
}
