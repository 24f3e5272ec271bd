package marketsvc;

import workshop.stage.StartedWith;

/** The contract of marketsvc, kept by this stage's other style too. */
@StartedWith("STYLE=reactive")
class ReactiveContractTest extends ContractTest {}
