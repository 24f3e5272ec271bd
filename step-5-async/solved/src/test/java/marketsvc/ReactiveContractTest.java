package marketsvc;

import workshop.stage.StartedWith;

/** The contract of marketsvc, kept by this stage's other style too. */
@StartedWith({"STYLE=reactive", "DEADLINE_MS=30000"})
class ReactiveContractTest extends ContractTest {}
