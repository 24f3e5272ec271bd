package marketsvc;

import workshop.contract.CustomersCrudContract;
import workshop.contract.GroupContract;
import workshop.contract.HealthContract;
import workshop.contract.MarketContract;
import workshop.contract.PagesContract;
import workshop.contract.StreamingContract;
import workshop.stage.OpenExercise;
import workshop.stage.StartedWith;

/** The contract of marketsvc, and what of it each exercise mends. */
@OpenExercise(
        number = "6.1",
        breaks = {
            "thePoolShowsItsGauges",
            "aThousandSlowRequestsAreAnsweredOrRefused",
            "aListThatFailsBeforeItHasLeftIsAnsweredAsAnyFailure",
            // These two hold, in a minute each: a connection for every one of a thousand totals.
            "aThousandTotalsAreTheMost",
            "aThousandOfTheLongestIdsFitIntoARequest"
        })
@OpenExercise(
        number = "6.2",
        breaks = {
            "aCustomerIsShownAsInTheList",
            "anAddedCustomerIsThere",
            "aChangedCustomerIsAnotherAtTheSameId",
            "noValueOfACustomerIsAPartOfAStatement",
            "whoSharesAnAddressStaysThere",
            "aRemovedCustomerIsGone",
            "whoIsNotThereIsNotFound",
            "aTakenEmailIsAConflictThatLeavesNothingBehind",
            "whoHasOrdersCannotBeRemoved",
            "ofManyWithTheSameEmailOneIsAdded",
            "whatIsATextIsStoredAsItIs",
            "hostileCustomersAreRefused",
            "whatTheSchemaOfACustomerRefusesTheServiceRefuses",
            "hostileIdsInThePathAreRefused",
            "otherMethodsAndTypesAreRefused"
        })
@OpenExercise(
        number = "6.3",
        breaks = {
            "aLongListPassesThroughASmallHeap",
            "aSlowReaderSlowsTheCursorDown",
            "clientsThatHangUpFreeTheirConnections",
            "aListThatBreaksOffNeverLooksComplete"
        })
@OpenExercise(
        number = "6.4",
        breaks = {
            "anOrderThatRefersToNothingLeavesNothingBehind",
            "anOrderThatTheDatabaseRefusesHalfwayLeavesNothingBehind",
            "thousandsOfItemsAndOneThatDoesNotExistLeaveNothingBehind",
            "ordersAreWholeOrAbsentAfterAKillOfTheService",
            "ordersAreWholeOrAbsentAfterAKillOfTheDatabase"
        })
@OpenExercise(
        number = "6.5",
        breaks = {
            "totalsAreAskedForTogetherButNotByAllConnections",
            "aFailureEndsTheOtherTotalsOnTheServer",
            "aDeadlineEndsAllTotalsOnTheServer"
        })
// A slow machine takes long for a thousand totals.
@StartedWith("DEADLINE_MS=30000")
class ContractTest
        implements MarketContract,
                HealthContract,
                StreamingContract,
                PagesContract,
                GroupContract,
                CustomersCrudContract {}
