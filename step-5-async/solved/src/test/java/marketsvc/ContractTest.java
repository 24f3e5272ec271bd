package marketsvc;

import workshop.contract.GroupContract;
import workshop.contract.HealthContract;
import workshop.contract.MarketContract;
import workshop.contract.PagesContract;
import workshop.contract.StreamingContract;
import workshop.stage.StartedWith;

/** The contract of marketsvc, kept by this stage. */
// A slow machine takes long for a thousand totals.
@StartedWith("DEADLINE_MS=30000")
class ContractTest implements MarketContract, HealthContract, StreamingContract, PagesContract, GroupContract {}
