package marketsvc;

import workshop.contract.HealthContract;
import workshop.contract.MarketContract;

/** The contract of marketsvc, kept by this stage. */
class ContractTest implements MarketContract, HealthContract {}
