package marketsvc;

import workshop.contract.HealthContract;
import workshop.contract.MarketContract;
import workshop.contract.PagesContract;
import workshop.contract.StreamingContract;
import workshop.stage.OpenExercise;

/** The contract of marketsvc, and what of it each exercise mends. */
@OpenExercise(
        number = "4.3",
        breaks = {
            "aLongListPassesThroughASmallHeap",
            "aSlowReaderSlowsTheCursorDown",
            "clientsThatHangUpFreeTheirConnections"
        })
@OpenExercise(
        number = "4.5",
        breaks = {
            "pagesTogetherAreTheWholeList",
            "eachParameterWorksWithoutTheOther",
            "noValueOfAPageIsAPartOfAStatement",
            "hostilePagesAreRefused"
        })
@OpenExercise(
        number = "4.6",
        breaks = {"aListThatBreaksOffNeverLooksComplete", "aListThatFailsBeforeItHasLeftIsAnsweredAsAnyFailure"})
class ContractTest implements MarketContract, HealthContract, StreamingContract, PagesContract {}
