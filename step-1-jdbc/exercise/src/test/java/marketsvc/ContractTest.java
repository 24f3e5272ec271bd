package marketsvc;

import workshop.contract.MarketContract;
import workshop.stage.OpenExercise;

/** The contract of marketsvc, and what of it each exercise mends. */
@OpenExercise(
        number = "1.2",
        breaks = {
            "hostileDatesAreRefused",
            "randomDatesAreRefused",
            "anAfterLaterThanItsBeforeIsRefused",
            "noValueIsAPartOfAStatement"
        })
@OpenExercise(
        number = "1.3",
        breaks = {
            "anOrderThatRefersToNothingLeavesNothingBehind",
            "anOrderThatTheDatabaseRefusesHalfwayLeavesNothingBehind",
            "thousandsOfItemsAndOneThatDoesNotExistLeaveNothingBehind",
            "ordersAreWholeOrAbsentAfterAKillOfTheService",
            "ordersAreWholeOrAbsentAfterAKillOfTheDatabase"
        })
@OpenExercise(
        number = "1.5",
        breaks = {"moneyIsExact"})
class ContractTest implements MarketContract {}
