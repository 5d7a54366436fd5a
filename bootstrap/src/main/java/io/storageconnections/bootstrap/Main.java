package io.storageconnections.bootstrap;

import io.storageconnections.adapter.auth.DevelopmentIssuer;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.bootstrap.process.CauseChain;
import io.storageconnections.bootstrap.process.LogOutput;
import io.storageconnections.bootstrap.process.TerminationSignals;
import io.storageconnections.bootstrap.settings.Setting;
import io.storageconnections.bootstrap.settings.Settings;
import io.storageconnections.bootstrap.settings.SettingsException;
import io.storageconnections.bootstrap.settings.SettingsTemplate;
import io.storageconnections.bootstrap.settings.TextChecks;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line. Java code starts a server with {@link SynchronizationServer} instead. */
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
      "Exit codes: 0 success, 1 failure, 2 wrong arguments or settings."
    },
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {

  /** With the directory {@code own} a caller needs an iTwin before a connection. */
  private static final String EXAMPLE_ITWIN =
      "{\"class\": \"Endeavor\", \"subClass\": \"Project\", \"displayName\": \"Bridge\"}";

  /**
   * Longer than requests (10 seconds), workers (20) and the compaction of H2 (15) take together,
   * and shorter than the 60 seconds after which a service manager kills the process.
   */
  private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(55);

  @Spec private @Nullable CommandSpec spec;

  private @Nullable Path config;

  private Main() {}

  /**
   * Runs one command. If it fails, the process ends with exit code 1, or with 2 if an argument or a
   * setting is wrong. A server continues to run when this method returns.
   *
   * @param arguments the command and its options; {@code --help} lists them
   */
  public static void main(String[] arguments) {
    // Before the settings are read, so that also their problems have the format.
    if (LogOutput.JSON.equals(System.getenv(Setting.LOG_FORMAT.variable()))) {
      System.setProperty(LogOutput.FORMAT_PROPERTY, LogOutput.JSON);
    }
    int exitCode = commandLine().execute(arguments);
    if (exitCode != ExitCode.OK) {
      System.exit(exitCode);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        // Picocli would read an argument that begins with @ from a file.
        .setExpandAtFiles(false)
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> report(failure, commandLine));
  }

  /** Prints one message for the operator; logs a stack trace only if the failure is a bug. */
  private static int report(Exception failure, CommandLine commandLine) {
    switch (failure) {
      case SettingsException wrong -> {
        printError(commandLine, String.join(System.lineSeparator(), wrong.problems()));
        return ExitCode.USAGE;
      }
      case StoreException failed ->
          printError(
              commandLine,
              "Failed: "
                  + CauseChain.describe(failed)
                  + (failed.reason() == StoreException.Reason.UNREACHABLE
                      ? ". Check STORAGE_CONNECTIONS_DATABASE_URL, ..._USER and ..._PASSWORD"
                      : ""));
      case OutdatedDatabaseException outdated ->
          printError(
              commandLine,
              "Not started: the database lacks "
                  + outdated.missing()
                  + " migrations, and STORAGE_CONNECTIONS_DATABASE_MIGRATE is false. Run the"
                  + " command \"migrate\" with the settings of this one, then start again");
      case UncheckedIOException bind when bind.getCause() instanceof SocketException ->
          printError(
              commandLine,
              CauseChain.describe(bind)
                  + ". Set STORAGE_CONNECTIONS_HTTP_HOST (or ..._MANAGEMENT_HOST) to an address of"
                  + " this machine, and STORAGE_CONNECTIONS_HTTP_PORT (or ..._MANAGEMENT_PORT) to a"
                  + " port that is free");
      case UncheckedIOException file -> printError(commandLine, CauseChain.describe(file));
      default -> LoggerFactory.getLogger(Main.class).error("The command failed", failure);
    }
    return ExitCode.SOFTWARE;
  }

  private static void printError(CommandLine commandLine, String message) {
    if (LogOutput.JSON.equals(System.getProperty(LogOutput.FORMAT_PROPERTY))) {
      LogOutput.logFailure(message);
      return;
    }
    commandLine.getErr().println(message);
    commandLine.getErr().flush();
  }

  @Override
  public void run() {
    throw new ParameterException(spec().commandLine(), "Name a command.");
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("this object was not created by picocli");
    }
    return spec;
  }

  private void print(String text) {
    var out = spec().commandLine().getOut();
    out.println(text);
    out.flush();
  }

  /** Checked here, because picocli accepts the option once before and once after the command. */
  @Option(
      names = "--config",
      paramLabel = "FILE",
      scope = ScopeType.INHERIT,
      description = "Properties file with settings; the environment overrides it.")
  void readSettingsFrom(@Nullable Path file) {
    if (file != null && config != null) {
      throw new ParameterException(spec().commandLine(), "--config can be given only once.");
    }
    // Picocli also calls this with null, to reset the option.
    config = file == null ? config : file;
  }

  private Settings readSettings() {
    var settings =
        Settings.read(System.getenv(), System.getProperties().stringPropertyNames(), config);
    chooseLog(settings);
    return settings;
  }

  /** Reads what the command {@code ready} needs, and the format in which it says what is wrong. */
  private Settings readSettingsOfProbe() {
    var wanted = EnumSet.of(Setting.LOG_FORMAT);
    wanted.addAll(ReadinessProbe.SETTINGS);
    var settings = Settings.readOnly(wanted, System.getenv(), config);
    chooseLog(settings);
    return settings;
  }

  private static void chooseLog(Settings settings) {
    LogOutput.properties(
            settings.textOrDefault(Setting.LOG_FORMAT), settings.textOrDefault(Setting.LOG_LEVEL))
        .forEach(System::setProperty);
  }

  @Command(
      description = "Serve the API until the process is stopped.",
      mixinStandardHelpOptions = true)
  void serve(
      @Option(
              names = "--seed",
              paramLabel = "FILE",
              description =
                  "YAML or JSON with iTwins, iModels, files and connections that exist from the"
                      + " start; docs/seed.md describes it.")
          @Nullable Path seed) {
    var settings = readSettings();
    var server = start(settings, seed);
    // For an end of the process without a signal.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    TerminationSignals.handle(() -> stop(server), SHUTDOWN_PATIENCE, spec().commandLine().getErr());
    print(
        "Storage Connections %s serves %s, listening at %s%s%s%s"
            .formatted(
                Version.text(),
                server.url(),
                server.address(),
                line("The console is at ", server.consoleUrl()),
                line("The management listener is at ", server.managementAddress()),
                server.hasDevelopmentIssuer() ? exampleRequest(server, settings) : ""));
  }

  private static String line(String beginning, Optional<URI> address) {
    return address.map(url -> System.lineSeparator() + beginning + url).orElse("");
  }

  /** Not only in the log, whose classes may be unreadable. */
  private int stop(SynchronizationServer server) {
    if (server.closeAll()) {
      return ExitCode.OK;
    }
    printError(spec().commandLine(), "A part of the server did not close");
    return ExitCode.SOFTWARE;
  }

  private static SynchronizationServer start(Settings settings, @Nullable Path seed) {
    if (seed == null) {
      return new ConfiguredComponents(settings).server().start();
    }
    if (!settings.hasLocalPlatform()) {
      throw new SettingsException(
          List.of("--seed: STORAGE_CONNECTIONS_IMODELS_DIRECTORY must be open or own"));
    }
    return startWith(seed, settings);
  }

  private static SynchronizationServer startWith(Path seed, Settings settings) {
    return SeedFile.refusingProblems(() -> {
      // Before anything else, so that a file with a mistake changes nothing.
      var read = SeedFile.read(seed);
      return new ConfiguredComponents(settings).server().seed(read).start();
    });
  }

  private static String exampleRequest(SynchronizationServer server, Settings settings) {
    var isOwn = settings.textOrDefault(Setting.IMODELS_DIRECTORY).equals("own");
    return """

    The server accepts tokens of its own development issuer. To create %s (the token is
    valid for one hour):

    curl -i %s%s -H 'Authorization: Bearer %s' -d '%s'
    """
        .formatted(
            isOwn ? "an iTwin" : "a connection",
            server.address(),
            isOwn ? "/itwins/" : "/synchronization/imodels/storageconnections",
            server.developmentToken("development").value(),
            isOwn ? EXAMPLE_ITWIN : exampleConnection());
  }

  /** Contains a new iModel each time, so that each example succeeds on the same database. */
  private static String exampleConnection() {
    return """
    {"displayName": "30", "iModelId": "%s", "authenticationType": "User", "sourceFiles": [{"storageFileId": "t5bDFuN4qUa9ojVw1E5FGtldp8BgSbNCiJ2XMdiT-cA", "connectorType": "MSTN"}]}\
    """
        .formatted(UUID.randomUUID());
  }

  @Command(
      description = "Print a token of the development issuer, valid for one hour.",
      mixinStandardHelpOptions = true)
  void token(
      @Option(
              names = "--client",
              paramLabel = "NAME",
              defaultValue = "development",
              description = "Client of the token (default: ${DEFAULT-VALUE}).")
          String client) {
    if (!TextChecks.isPlain(client)) {
      throw new SettingsException(
          List.of(
              "--client: name a client, without invisible characters or white space at its ends"));
    }
    if (client.length() > DevelopmentIssuer.NAME_LENGTH_MAX) {
      throw new SettingsException(
          List.of(
              "--client: the name of a client has at most "
                  + DevelopmentIssuer.NAME_LENGTH_MAX
                  + " characters"));
    }
    var settings = readSettings();
    if (!settings.hasDevelopmentIssuer()) {
      throw new SettingsException(
          List.of("STORAGE_CONNECTIONS_AUTH_ISSUER is set: get a token from that issuer"));
    }
    if (settings.isUrlUnknown()) {
      throw new SettingsException(
          List.of(
              "STORAGE_CONNECTIONS_HTTP_PORT is 0: set STORAGE_CONNECTIONS_PUBLIC_URL to the"
                  + " address that the server printed, which is the token's issuer"));
    }
    var issuer = new ConfiguredComponents(settings).developmentIssuer(Clock.systemUTC());
    print(DevelopmentTokenIssuer.withAllPermissions(issuer, settings.policy(), client).value());
  }

  @Command(
      description =
          "Print a settings file with every setting as a comment, its default and meaning.",
      mixinStandardHelpOptions = true)
  void settings() {
    print(SettingsTemplate.text().stripTrailing());
  }

  @Command(
      description = "Bring the database schema up to date, then end.",
      mixinStandardHelpOptions = true)
  void migrate() {
    var settings = readSettings();
    try (var database = new ConfiguredComponents(settings).database()) {
      var run = Migrations.run(database.dataSource());
      if (settings.hasLocalPlatform()) {
        run += ServedPlatform.migrate(database.dataSource());
      }
      print("Migrations run: " + run);
    }
  }

  @Command(
      description =
          "Ask the server of the same settings whether it is ready. Exit code 0 if it is, 1 if"
              + " not.",
      mixinStandardHelpOptions = true)
  int ready(
      @Option(
              names = "--timeout",
              paramLabel = "SECONDS",
              defaultValue = "0",
              description = "How long to wait until it is ready (default: ask once).")
          int timeout,
      @Option(
              names = "--pid",
              paramLabel = "PID",
              description = "Process of the server; do not wait longer than it exists.")
          @Nullable Long pid) {
    var settings = readSettingsOfProbe();
    var probe = ReadinessProbe.of(settings);
    var problem = probe.await(Duration.ofSeconds(timeout), pid);
    if (problem == null) {
      print("Ready: " + probe.url());
      return ExitCode.OK;
    }
    printError(spec().commandLine(), "Not ready: " + probe.url() + " " + problem);
    return ExitCode.SOFTWARE;
  }

  @Command(
      description =
          "Start a server, send it a few requests, then end: the training run for an AOT cache"
              + " (java -XX:AOTCacheOutput=FILE -jar ... rehearse).",
      mixinStandardHelpOptions = true)
  void rehearse() {
    AotTrainingRun.run();
    print("Rehearsed");
  }

  /** The version of the jar. */
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
