package io.algomat.workers;

/** What a worker's process reports, brought to the fleet with the slot that it is about. */
record SlotEvents(Fleet fleet, Slot slot) implements WorkerStarter.Events {
    @Override
    public void ready(Worker worker) {
        fleet.ready(slot, worker);
    }

    @Override
    public void failed(StartFailed failure) {
        fleet.gone(slot, failure);
    }

    @Override
    public void free() {
        fleet.free(slot);
    }

    @Override
    public void spent() {
        fleet.spent(slot);
    }

    @Override
    public void exited() {
        fleet.gone(slot, null);
    }
}
