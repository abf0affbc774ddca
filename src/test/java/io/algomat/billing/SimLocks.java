package io.algomat.billing;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** Locks of rows, each of one transaction until that ends. Two that wait for each other are one fault too many. */
final class SimLocks {
    private final Map<Object, Holder> holders = new HashMap<>();
    private final List<String> broken;

    SimLocks(List<String> broken) {
        this.broken = broken;
    }

    /** A transaction, as far as locks go. */
    static final class Holder {
        private final Set<Object> held = new LinkedHashSet<>();
        /** In the order in which they came: that of their hashes would be another in each run. */
        private final Set<Thread> waiting = new LinkedHashSet<>();

        private Holder waitsFor;
        boolean over;
    }

    void lock(Holder me, Object row) throws SQLException {
        Holder other = holders.get(row);
        while (other != null && other != me) {
            me.waitsFor = other;
            for (Holder next = other; next != null; next = next.waitsFor) {
                if (next == me) {
                    me.waitsFor = null;
                    broken.add("deadlock");
                    throw new SQLException("deadlock", "40P01");
                }
            }
            other.waiting.add(Thread.currentThread());
            LockSupport.park(row);
            other = holders.get(row);
        }
        me.waitsFor = null;
        if (me.over) {
            throw new SQLException("the session was ended", "08006");
        }
        holders.put(row, me);
        me.held.add(row);
    }

    void release(Holder me) {
        me.over = true;
        me.held.forEach(holders::remove);
        me.held.clear();
        me.waiting.forEach(LockSupport::unpark);
        me.waiting.clear();
    }
}
