package io.algomat.bench;

import io.algomat.testing.SignedUp;
import io.algomat.testing.TwoGateways;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How long a key that was revoked on one gateway is still taken on the other, where it is in use all the time: from the
 * revocation's answer until the last call that succeeded was sent. Also when that gateway hears of no change, since its
 * connection is cut on the way and stays silent.
 */
final class RevocationBench implements Benchmark {
    private static final int ROUNDS = 200;
    private static final int CUT_ROUNDS = 20;
    private static final byte[] BODY = "\"a line\"".getBytes(StandardCharsets.UTF_8);

    @Override
    public String name() {
        return "revocation";
    }

    @Override
    public boolean onlyByName() {
        return true;
    }

    @Override
    public void run(Report report) throws Exception {
        try (Scratch data = new Scratch();
                TwoGateways gateways = new TwoGateways(data.path(), "-Dalgomat.accounts.unknown-keys-per-minute=1000000")) {
            SignedUp person = new SignedUp(gateways.first().page(), "ada");
            gateways.untilHearing();
            round(gateways, person, false);
            double[] heard = new double[ROUNDS];
            for (int i = 0; i < ROUNDS; i++) {
                heard[i] = round(gateways, person, false);
            }
            double[] cut = new double[CUT_ROUNDS];
            for (int i = 0; i < CUT_ROUNDS; i++) {
                cut[i] = round(gateways, person, true);
            }
            Arrays.sort(heard);
            Arrays.sort(cut);
            report.figure("p50_ms", heard[ROUNDS / 2], "ms", "");
            report.figure("p99_ms", heard[ROUNDS * 99 / 100], "ms", "<= 1000");
            report.figure("max_ms", heard[ROUNDS - 1], "ms", "<= 1000");
            report.figure("notify_cut_p50_ms", cut[CUT_ROUNDS / 2], "ms", "");
            report.figure("notify_cut_max_ms", cut[CUT_ROUNDS - 1], "ms", "<= 1000");
        }
    }

    /** @return milliseconds that the key lived on the second gateway after it was revoked on the first; 0 for none */
    private static double round(TwoGateways gateways, SignedUp person, boolean cut) throws Exception {
        if (cut) {
            gateways.untilHearing();
        }
        SignedUp.Key key = person.key(gateways.first().page());
        Wire.Target target = new Wire.Target(
                URI.create(gateways.second().page()).getPort(),
                "/v1/algo/demo/echo",
                "Authorization: " + key.authorization() + "\r\n",
                BODY);
        try (Wire wire = new Wire(target)) {
            wire.exchange();
            gateways.proxy().muteListeners(cut);
            person.revoke(gateways.first().page(), key);
            long revoked = System.nanoTime();
            long lived = 0;
            for (long sent = revoked; taken(wire.answer(BODY)); sent = System.nanoTime()) {
                lived = sent - revoked;
            }
            return lived / 1e6;
        } finally {
            gateways.proxy().muteListeners(false);
        }
    }

    private static boolean taken(Wire.Answer answer) throws IOException {
        return switch (answer.status()) {
            case 200 -> true;
            case 401 -> false;
            default -> throw new IOException(answer.status() + ": " + answer.text());
        };
    }
}
