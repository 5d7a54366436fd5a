package io.storageconnections.junit;

import io.storageconnections.bootstrap.SynchronizationServer;
import io.storageconnections.bootstrap.SynchronizationServerBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A JUnit extension that starts a server for tests. A test class registers it in a field with
 * {@link org.junit.jupiter.api.extension.RegisterExtension}, or has the annotation {@link
 * StorageConnections} if it needs no configuration. Works with JUnit Jupiter 5.13 and 6.
 *
 * <p>The server starts when a test asks for it first, and is closed after the last test that uses
 * it. The field and the builder decide which tests share a server:
 *
 * <ul>
 *   <li>A static field: the tests of the class and of its nested classes share one server. A
 *       subclass that inherits the field gets a server of its own.
 *   <li>A static field with {@link StorageConnectionsExtensionBuilder#freshForEachTest}: each test
 *       gets a server of its own. So does each invocation of a parameterized or repeated test; the
 *       dynamic tests of one factory share a server.
 *   <li>A field that is not static, in a class with the lifecycle {@code PER_METHOD}, which is the
 *       default: each test gets a server of its own, because JUnit makes a new extension for each
 *       test. The constructor and the {@code @BeforeAll} methods cannot use it.
 *   <li>A field that is not static, in a class with the lifecycle {@code PER_CLASS}: like a static
 *       field, but the constructor cannot use it.
 * </ul>
 *
 * <p>A test calls {@link #url}, {@link #token} and {@link #server}, or has parameters of the types
 * that {@link StorageConnections} lists. In a class with two extensions, which has two servers, it
 * calls the methods: JUnit refuses a parameter that two extensions can resolve.
 *
 * <p>Thread-safe. Tests may run concurrently. The methods answer for the test that runs in the
 * calling thread. In a thread that a test has started, they answer if the running tests use one
 * server; otherwise the test calls them before it starts the thread.
 */
public final class StorageConnectionsExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        ParameterResolver,
        TestInstancePreConstructCallback {

  /** A retry begins as soon as a test has advanced the clock. */
  private static final Duration POLLING_INTERVAL = Duration.ofMillis(100);

  private static final Map<Class<?>, Function<SynchronizationServer, Object>> VALUES_BY_TYPE =
      Map.of(
          SynchronizationServer.class,
          server -> server,
          URI.class,
          SynchronizationServer::url,
          TokenMint.class,
          server -> (TokenMint) client -> server.developmentToken(client).value());

  private static final String NO_TEST =
      "no test that uses this extension is running: call url(), token(...) and server() in a test,"
          + " or in a method that JUnit calls before or after it, and register the extension in a"
          + " field with @RegisterExtension";

  private static final String OUTSIDE_A_TEST =
      "each test has a server of its own, and this code runs for the whole class: use the server"
          + " in test methods, @BeforeEach and @AfterEach methods, and the constructor of a class"
          + " with the lifecycle PER_METHOD; or omit freshForEachTest, so that the class has one"
          + " server";

  private static final String AMBIGUOUS =
      "this thread runs no test, and the running tests use several servers: call url(), token(...)"
          + " and server() in the thread of the test, and pass the results to other threads";

  private final Namespace namespace = Namespace.create(StorageConnectionsExtension.class, this);

  /** The last entry of each thread is first. */
  private final Deque<Running> running = new ConcurrentLinkedDeque<>();

  private final Consumer<SynchronizationServerBuilder> configuration;

  /** Sets the scripts of a new server. */
  private final Consumer<SynchronizationServer> scripts;

  private final boolean freshForEachTest;
  private final boolean configuredByAnnotation;

  /** Makes an extension for JUnit, which calls this constructor for {@link StorageConnections}. */
  StorageConnectionsExtension() {
    configuration = server -> {};
    scripts = server -> {};
    freshForEachTest = false;
    configuredByAnnotation = true;
  }

  StorageConnectionsExtension(
      Consumer<SynchronizationServerBuilder> configuration,
      Consumer<SynchronizationServer> scripts,
      boolean freshForEachTest) {
    this.configuration = configuration;
    this.scripts = scripts;
    this.freshForEachTest = freshForEachTest;
    configuredByAnnotation = false;
  }

  /**
   * Returns a builder of an extension.
   *
   * @return a new builder with the default configuration
   */
  public static StorageConnectionsExtensionBuilder builder() {
    return new StorageConnectionsExtensionBuilder();
  }

  /**
   * Returns the URL of the server.
   *
   * @return an absolute URL without a slash at the end
   * @throws IllegalStateException if no test is running; if each test has a server of its own, and
   *     the code runs for the whole class, such as a {@code @BeforeAll} method; or if the calling
   *     thread runs no test, and the running tests use several servers
   * @throws RuntimeException if the server does not start; {@link
   *     SynchronizationServerBuilder#start} lists the reasons
   */
  public URI url() {
    return server().url();
  }

  /**
   * Makes an access token that the server accepts.
   *
   * @param client the client that the server sees as the caller; not blank
   * @return the token, valid for one hour by the server's clock, without the word {@code Bearer}
   * @throws IllegalArgumentException if {@code client} is blank, longer than 255 characters, or
   *     contains a control character
   * @throws IllegalStateException under the conditions of {@link #url}, or if the server is
   *     configured to accept the tokens of another issuer
   * @throws RuntimeException if the server does not start
   */
  public String token(String client) {
    return server().developmentToken(client).value();
  }

  /**
   * Returns the server.
   *
   * @return the server; the extension closes it
   * @throws IllegalStateException under the conditions of {@link #url}
   * @throws RuntimeException if the server does not start
   */
  public SynchronizationServer server() {
    for (var each : running) {
      if (each.thread == Thread.currentThread()) {
        return each.owner()
            .map(this::server)
            .orElseThrow(() -> new IllegalStateException(OUTSIDE_A_TEST));
      }
    }
    var owners = running.stream().flatMap(each -> each.owner().stream()).distinct().toList();
    return switch (owners.size()) {
      case 0 -> throw new IllegalStateException(NO_TEST);
      case 1 -> server(owners.getFirst());
      default -> throw new IllegalStateException(AMBIGUOUS);
    };
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    // So that a constructor gets the server of the test for which JUnit makes the instance.
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public void preConstructTestInstance(
      TestInstanceFactoryContext factory, ExtensionContext context) {
    enter(context);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    enter(context);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    enter(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return VALUES_BY_TYPE.containsKey(parameter.getParameter().getType());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if each test has a server of its own, and the parameter is one of
   *     a {@code @BeforeAll} or {@code @AfterAll} method or of the constructor of a class with the
   *     lifecycle {@code PER_CLASS}
   */
  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var value = Objects.requireNonNull(VALUES_BY_TYPE.get(parameter.getParameter().getType()));
    return scope(context)
        .owner(context)
        .map(this::server)
        .map(value)
        .orElseThrow(() -> new IllegalStateException(OUTSIDE_A_TEST));
  }

  private SynchronizationServer server(ExtensionContext owner) {
    return computeIfAbsent(
        owner,
        "server of " + owner.getUniqueId(),
        SynchronizationServer.class,
        () -> {
          var builder =
              SynchronizationServer.builder()
                  .development(true)
                  .runExecution(workers ->
                      workers.engine(engine -> engine.pollingInterval(POLLING_INTERVAL)));
          configuration.accept(builder);
          var server = builder.start();
          try {
            scripts.accept(server);
          } catch (RuntimeException failure) {
            // JUnit closes only a server that it gets.
            server.close();
            throw failure;
          }
          return server;
        });
  }

  /** Records that the calling thread runs {@code context}, until JUnit closes the context. */
  private void enter(ExtensionContext context) {
    computeIfAbsent(
        context,
        "running " + context.getUniqueId(),
        Running.class,
        () -> {
          var entry = new Running(Thread.currentThread(), context, scope(context));
          running.addFirst(entry);
          return entry;
        });
  }

  /**
   * Returns the scope that contains {@code context}. The first context that the extension is called
   * with makes it: the class that registers the extension or, for a field that is not static, the
   * test.
   */
  private Scope scope(ExtensionContext context) {
    var annotated = annotatedClass(context);
    var fresh =
        annotated
            .flatMap(StorageConnectionsExtension::annotation)
            .map(StorageConnections::freshForEachTest)
            .orElse(freshForEachTest);
    var key = annotated.<Object>map(type -> type).orElse(Scope.class);
    return computeIfAbsent(context, key, Scope.class, () -> new Scope(context, fresh));
  }

  /** Returns the innermost class with the annotation, or empty if a field has this extension. */
  private Optional<Class<?>> annotatedClass(ExtensionContext context) {
    if (!configuredByAnnotation) {
      return Optional.empty();
    }
    return Stream.iterate(
            Optional.of(context),
            Optional::isPresent,
            at -> at.flatMap(ExtensionContext::getParent))
        .flatMap(at -> at.flatMap(ExtensionContext::getTestClass).stream())
        .filter(type -> annotation(type).isPresent())
        .findFirst();
  }

  private static Optional<StorageConnections> annotation(Class<?> type) {
    return AnnotationSupport.findAnnotation(type, StorageConnections.class);
  }

  /**
   * Computes a value that JUnit keeps until the context ends, and closes then. The store of a
   * context finds the values of its parents too.
   */
  // JUnit 6 deprecates the method in favour of computeIfAbsent, which JUnit 5.13 does not have.
  @SuppressWarnings("deprecation")
  private <T> T computeIfAbsent(
      ExtensionContext context, Object key, Class<T> type, Supplier<T> value) {
    var store = context.getStore(namespace);
    return Objects.requireNonNull(store.getOrComputeIfAbsent(key, absent -> value.get(), type));
  }

  /**
   * The tests for which the extension is registered.
   *
   * @param context the context of the class or test that registers the extension
   * @param fresh whether each of the tests has a server of its own
   */
  private record Scope(ExtensionContext context, boolean fresh) {

    /**
     * Returns the context whose store keeps the server of {@code inner}, or empty if it has none.
     */
    Optional<ExtensionContext> owner(ExtensionContext inner) {
      return fresh
          ? Optional.of(inner).filter(at -> at.getTestMethod().isPresent())
          : Optional.of(context);
    }
  }

  /** A context that a thread runs. */
  private final class Running implements AutoCloseable {

    private final Thread thread;
    private final ExtensionContext context;
    private final Scope scope;

    Running(Thread thread, ExtensionContext context, Scope scope) {
      this.thread = thread;
      this.context = context;
      this.scope = scope;
    }

    Optional<ExtensionContext> owner() {
      return scope.owner(context);
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }
}
