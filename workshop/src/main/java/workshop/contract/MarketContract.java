package workshop.contract;

import org.junit.jupiter.api.extension.ExtendWith;
import workshop.stage.StageExtension;

/**
 * What every stage of every step answers, whatever it uses below the HTTP line.
 *
 * <p>A stage's test is {@code class ContractTest implements MarketContract {}}. What a later step adds is an interface of
 * its own beside this one.
 */
@ExtendWith(StageExtension.class)
public interface MarketContract
        extends CustomersContract,
                OrdersContract,
                TotalsContract,
                BetweenDatesContract,
                NewOrderContract,
                HostileQueryContract,
                HostileBodyContract,
                HostileHttpContract,
                CrashContract {}
