package marketsvc;

import workshop.contract.GroupContract;
import workshop.contract.HealthContract;
import workshop.contract.MarketContract;
import workshop.contract.PagesContract;
import workshop.contract.StreamingContract;
import workshop.stage.OpenExercise;
import workshop.stage.StartedWith;

/** The contract of marketsvc, and what of it each exercise mends. */
@OpenExercise(
        number = "5.1",
        breaks = {"aThousandSlowRequestsAreAnsweredOrRefused"})
@OpenExercise(
        number = "5.2",
        breaks = {"totalsAreAskedForTogetherButNotByAllConnections"})
@OpenExercise(
        number = "5.3",
        breaks = {"aFailureEndsTheOtherTotalsOnTheServer"})
@OpenExercise(
        number = "5.4",
        breaks = {"aDeadlineEndsAllTotalsOnTheServer"})
// A slow machine takes long for a thousand totals.
@StartedWith("DEADLINE_MS=30000")
class ContractTest implements MarketContract, HealthContract, StreamingContract, PagesContract, GroupContract {}
