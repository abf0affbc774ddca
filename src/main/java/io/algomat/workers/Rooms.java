package io.algomat.workers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rooms of all devices. A worker on a GPU takes of two: the GPU's memory, and the machine's own. Guarded by the fleet's
 * lock.
 */
final class Rooms {
    private final Room machine;
    private final List<Room> gpus = new ArrayList<>();
    private final List<Room> all = new ArrayList<>();

    Rooms(FleetLimits limits) {
        machine = new Room(limits.of(Device.CPU).findFirst().orElseThrow());
        limits.of(Device.GPU).map(Room::new).forEach(gpus::add);
        all.add(machine);
        all.addAll(gpus);
    }

    /** The machine's own memory. */
    Room machine() {
        return machine;
    }

    /**
     * Where a worker of this pool would go; the first is the device that it computes on. That is, of the GPUs with room, the
     * one with the fewest of the pool's workers, then the emptiest. Empty where there is no such device.
     */
    List<Room> placement(Pool pool) {
        if (!pool.spec.gpu()) {
            return List.of(machine);
        }
        Optional<Room> gpu = gpus.stream()
                .min(Comparator.comparing((Room room) -> !room.fits(pool))
                        .thenComparing(room -> workers(pool, room))
                        .thenComparing(room -> -room.free()));
        return gpu.map(room -> List.of(room, machine)).orElse(List.of());
    }

    private static long workers(Pool pool, Room room) {
        return pool.slots.stream()
                .filter(slot -> slot.device.equals(room.name()))
                .count();
    }

    /** The pools that wait for room, of each device the longest first. */
    Stream<Pool> waiting() {
        return all.stream().flatMap(room -> room.waiting().stream());
    }

    void leave(Pool pool) {
        all.forEach(room -> room.leave(pool));
    }

    void take(Slot slot) {
        all.forEach(room -> room.take(slot.bytes(room.name())));
    }

    void give(Slot slot) {
        all.forEach(room -> room.give(slot.bytes(room.name())));
    }

    List<DeviceView> views() {
        return all.stream()
                .map(room -> new DeviceView(
                        room.name(), room.used(), room.limit(), room.waiting().size()))
                .toList();
    }

    boolean claims(Slot freed, Collection<Pool> pools, long now) {
        return all.stream().anyMatch(room -> room.claims(freed, pools, now));
    }
}
