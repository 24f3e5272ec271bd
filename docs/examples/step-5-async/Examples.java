import java.util.concurrent.CompletableFuture;

/** What the page of step 5 shows beside the stages' own code; RepositoryShapeTest compiles it. */
abstract class Examples {
    abstract String slowCall();

    abstract void tellTheOtherSide();

    String await() throws Exception {
        var answer = new CompletableFuture<String>();
        Thread.startVirtualThread(() -> {
            try {
                answer.complete(slowCall());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get();              // ExecutionException: its cause is what slowCall threw
        } catch (InterruptedException e) {
            tellTheOtherSide();
            throw e;
        }
    }
}
