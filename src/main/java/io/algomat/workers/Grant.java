package io.algomat.workers;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Calls that were given to a worker together; most often one. Made under the fleet's lock, begun outside of it. */
final class Grant {
    private final Slot slot;
    private final List<Ticket> tickets;
    final long begunNanos;
    /** Whether its duration is the calls' own: none of them was abandoned. Guarded by the fleet's lock. */
    boolean clean = true;

    Grant(Slot slot, List<Ticket> tickets, long begunNanos) {
        this.slot = slot;
        this.tickets = tickets;
        this.begunNanos = begunNanos;
    }

    int size() {
        return tickets.size();
    }

    /** Hands the calls over, on the thread that found them: their caller's, or the reader of the worker that turned free. */
    void begin() {
        Worker worker = slot.worker();
        List<CompletableFuture<Worker.Reply>> replies =
                worker.begin(tickets.stream().map(ticket -> ticket.call).toList());
        for (int i = 0; i < tickets.size(); i++) {
            Ticket ticket = tickets.get(i);
            replies.get(i).thenAccept(reply -> ticket.end.complete(new Ticket.End.Replied(reply)));
            if (ticket.end.isDone() && !replies.get(i).isDone()) {
                // It was given up between the decision and the sending.
                worker.abandon(ticket.call.callId());
            }
        }
    }
}
