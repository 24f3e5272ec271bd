package bench;

/**
 * What the workshop asks for, one line of JSON.
 *
 * @param port of the service, on this machine
 * @param workload one of {@link Workload}'s names
 * @param connections that are open; each asks for the next as soon as it has its answer, if no rate is given
 * @param rate requests a second that are sent whether or not the ones before are answered; 0 for none
 * @param millis how long requests are sent
 * @param orders the orders that exist are 1 to this
 * @param customers those with orders are 1 to this
 * @param seed the same seed asks for the same
 */
record Load(int port, String workload, int connections, int rate, long millis, int orders, int customers, long seed) {}
