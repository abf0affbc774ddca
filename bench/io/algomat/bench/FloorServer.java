package io.algomat.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;

/** The least that an echo over HTTP costs on this machine: the gateway's HTTP stack with nothing on it. */
public final class FloorServer extends AbstractVerticle {
    private static final int EVENT_LOOPS = 2 * Runtime.getRuntime().availableProcessors();

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(config().getInteger("port")))
                .requestHandler(call -> call.bodyHandler(call.response()::end))
                .listen()
                .<Void>mapEmpty()
                .onComplete(started);
    }

    public static void main(String[] arguments) {
        DeploymentOptions options = new DeploymentOptions().setInstances(EVENT_LOOPS);
        options.setConfig(new io.vertx.core.json.JsonObject().put("port", Integer.parseInt(arguments[0])));
        Vertx.vertx().deployVerticle(FloorServer.class, options).onSuccess(id -> System.out.println("open"));
    }
}
