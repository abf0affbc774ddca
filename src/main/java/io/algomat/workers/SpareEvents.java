package io.algomat.workers;

/** What a spare sandbox's process reports, brought to the fleet. */
record SpareEvents(Fleet fleet, Spares.One one) implements SpareStarter.Events {
    @Override
    public void ready(Spare spare) {
        fleet.spareReady(one, spare);
    }

    @Override
    public void gone() {
        fleet.spareGone(one);
    }
}
