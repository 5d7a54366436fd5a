package io.storageconnections.application.contract.proof;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toCollection;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import io.storageconnections.application.contract.InMemoryIModelDirectory;
import io.storageconnections.application.contract.InMemoryRequestAllowance;
import io.storageconnections.application.contract.InMemoryRunScripts;
import io.storageconnections.application.contract.InMemoryRunStore;
import io.storageconnections.application.contract.InMemoryStorageConnectionStore;
import io.storageconnections.application.contract.InMemoryStorageFiles;
import io.storageconnections.application.contract.OpenIModelDirectoryContract;
import io.storageconnections.application.contract.RequestAllowanceContract;
import io.storageconnections.application.contract.RunScriptsContract;
import io.storageconnections.application.contract.RunStoreContract;
import io.storageconnections.application.contract.StorageConnectionStoreContract;
import io.storageconnections.application.contract.StorageFilesContract;
import io.storageconnections.application.contract.TokenVerifierContract;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.RequestLease;
import io.storageconnections.application.port.RunStore;
import io.storageconnections.application.port.StorageConnectionStore;
import io.storageconnections.application.port.Verification;
import io.storageconnections.domain.connection.ConnectionFixtures;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.StorageFileId;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/**
 * The results of the tests of one contract with one adapter.
 *
 * @param passed the test methods that passed
 * @param caught the test methods whose assertions failed
 * @param broken the test methods that were aborted or threw another exception, which proves nothing
 *     about the adapter
 */
record ContractRun(SortedSet<String> passed, SortedSet<String> caught, SortedSet<String> broken) {

  private static final String ADAPTER = "adapter";

  /** The contracts by correct in-memory adapter, which the adapters with planted bugs extend. */
  private static final Map<Class<?>, Class<?>> CONTRACTS =
      Map.of(
          InMemoryStorageConnectionStore.class, OfStores.class,
          InMemoryRunStore.class, OfRuns.class,
          InMemoryRunScripts.class, OfScripts.class,
          InMemoryIModelDirectory.class, OfDirectories.class,
          InMemoryStorageFiles.class, OfStorageFiles.class,
          InMemoryRequestAllowance.class, OfAllowances.class,
          InMemoryTokenVerifier.class, OfVerifiers.class);

  /** Runs all tests of the contract of {@code adapter}. */
  static ContractRun of(Class<?> adapter) {
    return of(adapter, selectClass(contractOf(adapter)));
  }

  /** Runs the named tests of the contract of {@code adapter}. */
  static ContractRun of(Class<?> adapter, String... methods) {
    var contract = contractOf(adapter);
    return of(
        adapter,
        Arrays.stream(methods)
            .map(method -> selectMethod(contract, method))
            .toArray(DiscoverySelector[]::new));
  }

  /** Runs tests, each with a new instance of {@code adapter}. */
  private static ContractRun of(Class<?> adapter, DiscoverySelector... tests) {
    var events =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(ADAPTER, adapter.getName())
            .selectors(tests)
            .execute()
            .testEvents();
    return new ContractRun(
        methods(events.succeeded().stream()),
        methods(events.failed().stream().filter(ContractRun::isAssertion)),
        methods(
            Stream.concat(
                events.aborted().stream(),
                events.failed().stream().filter(not(ContractRun::isAssertion)))));
  }

  /** Returns the correct adapters. */
  static Stream<Class<?>> adapters() {
    return CONTRACTS.keySet().stream();
  }

  /** Returns the names of all tests of all contracts. */
  static Stream<String> tests() {
    return CONTRACTS.values().stream()
        .flatMap(contract -> Arrays.stream(contract.getMethods()))
        .filter(method -> method.isAnnotationPresent(Test.class))
        .map(Method::getName);
  }

  private static Class<?> contractOf(Class<?> adapter) {
    return CONTRACTS.entrySet().stream()
        .filter(contract -> contract.getKey().isAssignableFrom(adapter))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static boolean isAssertion(Event failed) {
    return failed
        .getPayload(TestExecutionResult.class)
        .flatMap(TestExecutionResult::getThrowable)
        .filter(AssertionError.class::isInstance)
        .isPresent();
  }

  private static SortedSet<String> methods(Stream<Event> events) {
    return events
        .map(event -> (MethodSource) event.getTestDescriptor().getSource().orElseThrow())
        .map(MethodSource::getMethodName)
        .collect(toCollection(TreeSet::new));
  }

  @ExtendWith(NewAdapter.class)
  record OfStores(InMemoryStorageConnectionStore store) implements StorageConnectionStoreContract {

    @Override
    public Optional<StorageConnectionStore> unavailableStore() {
      store.makeUnavailable();
      return Optional.of(store);
    }
  }

  @ExtendWith(NewAdapter.class)
  record OfRuns(InMemoryRunStore runs) implements RunStoreContract {

    @Override
    public StorageConnectionStore connections() {
      return runs.connections();
    }

    @Override
    public Optional<RunStore> unavailableRuns() {
      runs.makeUnavailable();
      return Optional.of(runs);
    }
  }

  @ExtendWith(NewAdapter.class)
  record OfScripts(InMemoryRunScripts scripts) implements RunScriptsContract {}

  @ExtendWith(NewAdapter.class)
  record OfDirectories(InMemoryIModelDirectory directory) implements OpenIModelDirectoryContract {

    @Override
    public Optional<IModelId> hiddenIModel(Caller caller) {
      var hidden = ConnectionFixtures.iModel();
      directory.hide(hidden);
      return Optional.of(hidden);
    }

    @Override
    public Optional<IModelId> readableIModel(Caller caller) {
      var readable = ConnectionFixtures.iModel();
      directory.grant(readable, Access.READ);
      return Optional.of(readable);
    }
  }

  @ExtendWith(NewAdapter.class)
  record OfStorageFiles(InMemoryStorageFiles storageFiles) implements StorageFilesContract {

    @Override
    public StorageFileId usableFile(Caller caller) {
      return ConnectionFixtures.file(UUID.randomUUID().toString());
    }

    @Override
    public StorageFileId missingFile(Caller caller) {
      var file = usableFile(caller);
      storageFiles.remove(file);
      return file;
    }
  }

  @ExtendWith(NewAdapter.class)
  record OfAllowances(InMemoryRequestAllowance allowance) implements RequestAllowanceContract {

    @Override
    public RequestLease lease(String partition, int wanted, int limit, Duration window) {
      return allowance.lease(partition, wanted, limit, window);
    }
  }

  @ExtendWith(NewAdapter.class)
  record OfVerifiers(InMemoryTokenVerifier verifier) implements TokenVerifierContract {

    @Override
    public Verification verify(String token) {
      return verifier.verify(token);
    }

    @Override
    public String validToken(String client) {
      return InMemoryTokenVerifier.validToken(client);
    }
  }

  /** Creates the adapter under test. */
  static final class NewAdapter implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
      return extension.getConfigurationParameter(ADAPTER).isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
      var name = extension.getConfigurationParameter(ADAPTER).orElseThrow();
      try {
        return Class.forName(name).getDeclaredConstructor().newInstance();
      } catch (ReflectiveOperationException e) {
        throw new ParameterResolutionException("creating " + name, e);
      }
    }
  }
}
