package io.algomat.platform.start;

import io.algomat.platform.PlatformConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What runs once Quarkus is up: the gateway until it is told to stop, or one command. */
public class Gateway implements QuarkusApplication {
    static final String START = "start";

    private final Instance<Command> commands;
    private final Event<PageOpen> opened;
    private final URI page;
    private final int port;

    Gateway(
            @Any Instance<Command> commands,
            Event<PageOpen> opened,
            PlatformConfig config,
            @ConfigProperty(name = "quarkus.http.port") int port) {
        this.commands = commands;
        this.opened = opened;
        this.port = port;
        this.page = URI.create(config.publicUrl().orElse("http://localhost:" + port));
    }

    @Override
    public int run(String... arguments) {
        Console console = new Console(System.out, System.err);
        String name = arguments.length == 0 ? START : arguments[0];
        if (name.equals(START)) {
            opened.fire(new PageOpen(page, port, console));
            Quarkus.waitForExit();
            return 0;
        }
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        return commands.stream()
                .filter(command -> command.name().equals(name))
                .findFirst()
                .map(command -> command.run(rest, page, console))
                .orElseGet(() -> {
                    console.error("There is no command '" + name + "'.");
                    return 2;
                });
    }
}
