package marketsvc;

import workshop.contract.CustomersCrudContract;
import workshop.contract.GroupContract;
import workshop.contract.HealthContract;
import workshop.contract.MarketContract;
import workshop.contract.PagesContract;
import workshop.contract.StreamingContract;

/** The contract of marketsvc, kept by this stage. */
class ContractTest
        implements MarketContract,
                HealthContract,
                StreamingContract,
                PagesContract,
                GroupContract,
                CustomersCrudContract {}
