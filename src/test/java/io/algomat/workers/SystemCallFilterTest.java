package io.algomat.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filter, interpreted as the kernel would; that the kernel takes it and it holds is SandboxTest's and AbuseTest's. */
class SystemCallFilterTest {
    private static final int ALLOWED = 0x7fff0000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;
    private static final int KILLED = 0x80000000;
    private static final int I386 = 0x40000003;
    private static final int ARM = 0x40000028;

    private static int answer(Architecture architecture, int number, long... arguments) {
        return new FilterInterpreter(SystemCallFilter.bytes(architecture))
                .answer(architecture.audit, number, arguments);
    }

    private static int answer(Architecture architecture, SystemCall call, long... arguments) {
        return answer(architecture, call.number(architecture), arguments);
    }

    @ParameterizedTest
    @EnumSource
    void everyNamedCallIsRefusedAndNoOther(Architecture architecture) {
        Set<SystemCall> byArguments =
                Set.of(SystemCall.CLONE, SystemCall.SOCKET, SystemCall.SOCKETPAIR, SystemCall.IOCTL);
        Set<Integer> named = new java.util.HashSet<>();
        for (SystemCall call : SystemCall.values()) {
            int number = call.number(architecture);
            named.add(number);
            if (number >= 0 && !byArguments.contains(call)) {
                int expected = call == SystemCall.CLONE3 ? ENOSYS : EPERM;
                assertThat(answer(architecture, call)).as(call.name()).isEqualTo(expected);
            }
        }
        for (int number = 0; number <= 466; number++) {
            if (!named.contains(number)) {
                assertThat(answer(architecture, number)).as("call %d", number).isEqualTo(ALLOWED);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anotherProcessorsCallsKill(Architecture architecture) {
        FilterInterpreter filter = new FilterInterpreter(SystemCallFilter.bytes(architecture));
        for (Architecture other : Architecture.values()) {
            assertThat(filter.answer(other.audit, 0)).isEqualTo(other == architecture ? ALLOWED : KILLED);
        }
        assertThat(filter.answer(I386, 20)).isEqualTo(KILLED);
        assertThat(filter.answer(ARM, 20)).isEqualTo(KILLED);
    }

    @Test
    void theSecondNumbersOfX86Kill() {
        assertThat(answer(Architecture.X86_64, 0x40000000)).isEqualTo(KILLED);
        assertThat(answer(Architecture.X86_64, 0x40000000 | 520)).isEqualTo(KILLED);
        assertThat(answer(Architecture.X86_64, 0x3fffffff)).isEqualTo(ENOSYS);
        assertThat(answer(Architecture.AARCH64, 0x40000000)).isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @EnumSource
    void callsThatAreNewerThanTheFilterAreUnknown(Architecture architecture) {
        assertThat(answer(architecture, 467)).isEqualTo(ENOSYS);
        assertThat(answer(architecture, 1000)).isEqualTo(ENOSYS);
    }

    @ParameterizedTest
    @EnumSource
    void cloneMakesProcessesAndThreadsButNoNamespace(Architecture architecture) {
        // As glibc makes a thread, and as it forks.
        assertThat(answer(architecture, SystemCall.CLONE, 0x003d0f00L)).isEqualTo(ALLOWED);
        assertThat(answer(architecture, SystemCall.CLONE, 0x01200011L)).isEqualTo(ALLOWED);
        for (long flag : new long[] {0x20000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000}) {
            assertThat(answer(architecture, SystemCall.CLONE, flag | 0x11))
                    .as("flag %x", flag)
                    .isEqualTo(EPERM);
        }
    }

    @ParameterizedTest
    @EnumSource
    void socketsAreOfThreeFamiliesOnly(Architecture architecture) {
        for (SystemCall call : Set.of(SystemCall.SOCKET, SystemCall.SOCKETPAIR)) {
            for (int family = 0; family < 64; family++) {
                boolean allowed = family == 1 || family == 2 || family == 10;
                assertThat(answer(architecture, call, family))
                        .as("family %d", family)
                        .isEqualTo(allowed ? ALLOWED : EPERM);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsTypedIntoATerminalWhateverTheUpperHalfOfTheArgumentSays(Architecture architecture) {
        assertThat(answer(architecture, SystemCall.IOCTL, 0, 0x5401)).isEqualTo(ALLOWED);
        assertThat(answer(architecture, SystemCall.IOCTL, 0, 0x5412)).isEqualTo(EPERM);
        assertThat(answer(architecture, SystemCall.IOCTL, 0, 0x541C)).isEqualTo(EPERM);
        assertThat(answer(architecture, SystemCall.IOCTL, 0, 0x1_0000_5412L)).isEqualTo(EPERM);
    }

    @Test
    void aJumpThatTheKernelCouldNotMakeIsNotAssembled() {
        FilterAssembler far = new FilterAssembler().ifEqual(1, "end");
        for (int i = 0; i < 256; i++) {
            far.load(0);
        }
        far.label("end").answer(0);

        assertThatThrownBy(far::bytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new FilterAssembler().ifEqual(1, "nowhere").bytes())
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new FilterAssembler()
                        .label("back")
                        .load(0)
                        .ifEqual(1, "back")
                        .bytes())
                .isInstanceOf(IllegalStateException.class);
    }
}
