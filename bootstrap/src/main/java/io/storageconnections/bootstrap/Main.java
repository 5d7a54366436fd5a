package io.storageconnections.bootstrap;

import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.port.StoreException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. No API for Java: whoever wants a server has {@link SynchronizationServer}. */
@Command(
    name = "storage-connections",
    description = {
      "Storage Connections, compatible with the documented iTwin Synchronization API.",
      "Not affiliated with Bentley Systems."
    },
    footer = {
      "",
      "Settings are environment variables named STORAGE_CONNECTIONS_..., or",
      "properties in the file that --config names; docs/configuration.md lists them.",
      "Exit codes: 0 done, 1 failed, 2 asked wrongly."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  @Spec private @Nullable CommandSpec spec;

  private @Nullable Path config;

  private Main() {}

  /**
   * Runs one command. If it fails, the process ends with exit code 1, or with 2 if it was asked
   * wrongly; a server runs on when this method returns.
   *
   * @param arguments the command and its options; {@code --help} tells which there are
   */
  public static void main(String[] arguments) {
    int exitCode = commandLine().execute(arguments);
    if (exitCode != ExitCode.OK) {
      System.exit(exitCode);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        // An argument means what it says, also if it begins with @.
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> report(failure, commandLine));
  }

  /** One message, for people; the whole story only where it is our fault. */
  private static int report(Exception failure, CommandLine commandLine) {
    switch (failure) {
      case SettingsException wrong -> {
        say(commandLine, String.join(System.lineSeparator(), wrong.problems()));
        return ExitCode.USAGE;
      }
      case StoreException away ->
          say(
              commandLine,
              "The database: "
                  + Causes.of(away)
                  + (away.reason() == StoreException.Reason.UNREACHABLE
                      ? ". Check STORAGE_CONNECTIONS_DATABASE_URL, ..._USER and ..._PASSWORD"
                      : ""));
      case OutdatedDatabaseException old ->
          say(
              commandLine,
              "Not started: the database lacks "
                  + old.missing()
                  + " migrations, and STORAGE_CONNECTIONS_DATABASE_MIGRATE is false. Run the"
                  + " command \"migrate\" with the settings of this one, then start again");
      case UncheckedIOException taken when taken.getCause() instanceof SocketException ->
          say(
              commandLine,
              Causes.of(taken)
                  + ". Set STORAGE_CONNECTIONS_HTTP_HOST to an address of this machine, and"
                  + " STORAGE_CONNECTIONS_HTTP_PORT to a port that is free");
      case UncheckedIOException unreachable -> say(commandLine, Causes.of(unreachable));
      default -> LOG.error("It failed", failure);
    }
    return ExitCode.SOFTWARE;
  }

  private static void say(CommandLine commandLine, String message) {
    commandLine.getErr().println(message);
    commandLine.getErr().flush();
  }

  @Override
  public void run() {
    throw new ParameterException(spec().commandLine(), "Say which command to run.");
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not made by picocli");
    }
    return spec;
  }

  private void print(String text) {
    var out = spec().commandLine().getOut();
    out.println(text);
    out.flush();
  }

  /** Picocli allows the option once before a command, and once more after it. */
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Properties file with settings; the environment overrides it.")
  void readSettingsFrom(@Nullable Path file) {
    if (file != null && config != null) {
      throw new ParameterException(spec().commandLine(), "--config can be given once.");
    }
    // Picocli resets the option of a command with null.
    config = file == null ? config : file;
  }

  private Settings settings() {
    return Settings.read(System.getenv(), System.getProperties().stringPropertyNames(), config);
  }

  @Command(description = "Serve the API until told to stop.", mixinStandardHelpOptions = true)
  void serve() {
    var server = settings().server().start();
    // However the process ends otherwise.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    TerminationSignals.handle(
        () -> System.exit(server.closeAll() ? ExitCode.OK : ExitCode.SOFTWARE));
    print(
        "Storage Connections %s serves %s, listening at %s%s"
            .formatted(
                Version.text(),
                server.url(),
                server.address(),
                server.hasDevelopmentIssuer() ? example(server) : ""));
  }

  /** A new iModel each time, so that it can be pasted after any other. */
  private static String example(SynchronizationServer server) {
    return """

    It trusts its own development issuer. To create a connection (the token is good for an hour):

    curl -i %s/synchronization/imodels/storageconnections -H 'Authorization: Bearer %s' -d '{"displayName": "30", "iModelId": "%s", "authenticationType": "User", "sourceFiles": [{"storageFileId": "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA", "connectorType": "MSTN"}]}'
    """
        .formatted(
            server.address(), server.developmentToken("development").value(), UUID.randomUUID());
  }

  @Command(
      description = "Print a token of the development issuer, good for an hour.",
      mixinStandardHelpOptions = true)
  void token(
      @Option(
              names = "--client",
              paramLabel = "NAME",
              defaultValue = "development",
              description = "Whom it is for (default: ${DEFAULT-VALUE}).")
          String client) {
    if (Text.isBlank(client) || Text.hasSpaceAtAnEnd(client) || Text.hasInvisible(client)) {
      throw new SettingsException(
          List.of("--client: name a client, without white space before or after it"));
    }
    if (client.length() > DevelopmentIssuer.CLIENT_LENGTH_MAX) {
      throw new SettingsException(
          List.of(
              "--client: the name of a client has at most "
                  + DevelopmentIssuer.CLIENT_LENGTH_MAX
                  + " characters"));
    }
    var settings = settings();
    if (!settings.hasDevelopmentIssuer()) {
      throw new SettingsException(
          List.of("STORAGE_CONNECTIONS_AUTH_ISSUER is set: only it gives out tokens"));
    }
    if (settings.isUrlUnknown()) {
      throw new SettingsException(
          List.of(
              "STORAGE_CONNECTIONS_HTTP_PORT is 0: set STORAGE_CONNECTIONS_PUBLIC_URL to the"
                  + " address that the server printed, which is the token's issuer"));
    }
    var issuer = settings.developmentIssuer(Clock.systemUTC());
    print(issuer.issue(client).value());
  }

  @Command(description = "Bring the database up to date and end.", mixinStandardHelpOptions = true)
  void migrate() {
    try (var database = settings().database()) {
      print("Migrations run: " + Migrations.run(database.dataSource()));
    }
  }

  @Command(
      description = {
        "Serve a few requests of its own and end, to make an AOT cache from:",
        "java -XX:AOTCacheOutput=FILE -jar ... rehearse"
      },
      mixinStandardHelpOptions = true)
  void rehearse() {
    Rehearsal.run();
    print("Rehearsed");
  }

  /** The version the jar was built as. */
  static final class Version implements CommandLine.IVersionProvider {

    static String text() {
      var version = Main.class.getPackage().getImplementationVersion();
      return version == null ? "(unpackaged)" : version;
    }

    @Override
    public String[] getVersion() {
      return new String[] {"storage-connections " + text()};
    }
  }
}
