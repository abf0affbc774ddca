package io.algomat.workers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The calls that wait in one pool, shared out between their callers by start-time fair queueing (Goyal, Vin, Cheng 1996):
 * a call's start is the later of the queue's virtual time and the end of its caller's call before it, its end lies
 * cost / weight behind that, and the smallest start goes first. Within a caller it is first come, first served. So a caller
 * who sends ten times its share waits for itself. Guarded by the fleet's lock.
 */
final class FairQueue {
    /** One caller's waiting calls; {@code end} is where its next call starts at the earliest. */
    private static final class Line {
        final long caller;
        final Deque<Ticket> tickets = new ArrayDeque<>();
        double end;

        Line(long caller) {
            this.caller = caller;
        }

        Ticket head() {
            return tickets.getFirst();
        }
    }

    private final Map<Long, Line> lines = new HashMap<>();
    /** The callers who wait, whose turn it is first. */
    private final TreeSet<Line> turns = new TreeSet<>(
            Comparator.comparingDouble((Line line) -> line.head().start).thenComparingLong(line -> line.head().order));

    private double virtual;
    private long joined;
    private int size;

    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size(long caller) {
        Line line = lines.get(caller);
        return line == null ? 0 : line.tickets.size();
    }

    /** The callers who wait. */
    List<Long> callers() {
        return turns.stream().map(line -> line.caller).toList();
    }

    int callerCount() {
        return turns.size();
    }

    /** @param cost what the call is expected to compute, in any unit that is the same for all */
    void join(Ticket ticket, double cost, double weight) {
        Line line = lines.computeIfAbsent(ticket.call.callerId(), Line::new);
        ticket.start = Math.max(virtual, line.end);
        ticket.order = joined++;
        line.end = ticket.start + cost / weight;
        boolean waited = !line.tickets.isEmpty();
        line.tickets.addLast(ticket);
        if (!waited) {
            turns.add(line);
        }
        size++;
    }

    /** Puts a call whose worker died back where it stood: it has paid for its turn already. */
    void rejoin(Ticket ticket, Ticket before) {
        ticket.start = before.start;
        ticket.order = before.order;
        Line line = lines.computeIfAbsent(ticket.call.callerId(), Line::new);
        if (!line.tickets.isEmpty()) {
            turns.remove(line);
        }
        Deque<Ticket> earlier = new ArrayDeque<>();
        while (!line.tickets.isEmpty() && line.head().order < ticket.order) {
            earlier.push(line.tickets.removeFirst());
        }
        line.tickets.addFirst(ticket);
        earlier.forEach(line.tickets::addFirst);
        turns.add(line);
        size++;
    }

    /** The call whose turn it is; whoever gave up or is too late is dropped on the way. */
    @Nullable
    Ticket poll(long now) {
        Ticket next = peek(now);
        return next == null ? null : take(line(next));
    }

    /** The next call of one caller. */
    @Nullable
    Ticket poll(long caller, long now) {
        Ticket next = peek(caller, now);
        return next == null ? null : take(line(next));
    }

    @Nullable
    Ticket peek(long now) {
        while (!turns.isEmpty()) {
            Ticket head = turns.first().head();
            if (stands(head, now)) {
                return head;
            }
            drop(turns.first());
        }
        return null;
    }

    @Nullable
    Ticket peek(long caller, long now) {
        Line line = lines.get(caller);
        while (line != null && !line.tickets.isEmpty()) {
            Ticket head = line.head();
            if (stands(head, now)) {
                return head;
            }
            drop(line);
            line = lines.get(caller);
        }
        return null;
    }

    /** Takes out a call that was decided elsewhere. */
    void remove(Ticket ticket) {
        Line line = lines.get(ticket.call.callerId());
        if (line == null || line.tickets.isEmpty()) {
            return;
        }
        turns.remove(line);
        if (line.tickets.remove(ticket)) {
            size--;
        }
        keep(line);
    }

    /** Takes out all. */
    List<Ticket> clear() {
        List<Ticket> all = new ArrayList<>();
        turns.forEach(line -> all.addAll(line.tickets));
        turns.clear();
        lines.clear();
        size = 0;
        return all;
    }

    /** How many of those who wait come before the next call of this caller, if nobody else joins. */
    int ahead(long caller) {
        int own = size(caller);
        int ahead = own;
        for (Line line : turns) {
            if (line.caller != caller) {
                ahead += Math.min(line.tickets.size(), own + 1);
            }
        }
        return ahead;
    }

    /** When the one who waits longest began to; {@code otherwise} if none does. */
    long oldest(long otherwise) {
        long oldest = otherwise;
        for (Line line : turns) {
            oldest = Math.min(oldest, line.head().sinceNanos);
        }
        return oldest;
    }

    /** How many have waited since that moment or longer. */
    int waitingSince(long nanos) {
        int count = 0;
        for (Line line : turns) {
            for (Ticket ticket : line.tickets) {
                if (ticket.sinceNanos - nanos <= 0) {
                    count++;
                }
            }
        }
        return count;
    }

    private Line line(Ticket ticket) {
        Line line = lines.get(ticket.call.callerId());
        if (line == null) {
            throw new IllegalStateException("a call waits that no line knows");
        }
        return line;
    }

    private static boolean stands(Ticket ticket, long now) {
        if (ticket.call.deadlineNanos() - now <= 0) {
            ticket.end.complete(new Ticket.End.Expired());
        }
        return !ticket.end.isDone();
    }

    private Ticket take(Line line) {
        Ticket ticket = drop(line);
        virtual = Math.max(virtual, ticket.start);
        return ticket;
    }

    private Ticket drop(Line line) {
        turns.remove(line);
        Ticket ticket = line.tickets.removeFirst();
        size--;
        keep(line);
        return ticket;
    }

    /** A caller without a waiting call is remembered only as long as others wait: a turn that nobody wanted is no debt. */
    private void keep(Line line) {
        if (!line.tickets.isEmpty()) {
            turns.add(line);
        } else if (size == 0) {
            lines.clear();
        } else if (line.end <= virtual) {
            lines.remove(line.caller);
        }
    }
}
