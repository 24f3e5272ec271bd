package marketsvc;

import java.util.Map;

/** Takes an empty text for none: a variable that somebody forgot to fill is never noticed. */
class Pool {
    private static int size(Map<String, String> environment) {
        return environment.getOrDefault("POOL_SIZE", "").isEmpty() ? 10 : number(environment, "POOL_SIZE", 10, 1, 100);
    }
}
