package marketsvc;

import workshop.contract.HealthContract;
import workshop.contract.MarketContract;
import workshop.stage.OpenExercise;

/** The contract of marketsvc, and what of it each exercise mends. */
@OpenExercise(
        number = "3.1",
        breaks = {
            "healthIsUnavailableWhileTheDatabaseIsDown",
            "healthIsUnavailableWhileTheDatabaseIsSlow",
            "thePoolShowsItsGauges"
        })
@OpenExercise(
        number = "3.6",
        breaks = {"healthIsUpHoweverOftenSomebodyAsks", "healthIsUnavailableWhileTheDatabaseIsSlow"})
class ContractTest implements MarketContract, HealthContract {}
