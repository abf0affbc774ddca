/**
 * Owns pools, queues, worker processes and the sandbox. It is handed a WorkerSpec and sees no catalogue entity.
 * May call platform and the frame codec in runner.protocol.
 */
@NullMarked
package io.algomat.workers;

import org.jspecify.annotations.NullMarked;
