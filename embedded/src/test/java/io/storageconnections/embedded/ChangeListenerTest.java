package io.storageconnections.embedded;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.storageconnections.application.UseCases;
import io.storageconnections.application.connection.ConnectionReference;
import io.storageconnections.application.connection.ConnectionRequest;
import io.storageconnections.application.connection.UpdateStorageConnection;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.Precondition;
import io.storageconnections.application.sourcefile.AddSourceFiles;
import io.storageconnections.application.sourcefile.MoveSourceFile;
import io.storageconnections.application.sourcefile.SourceFileReference;
import io.storageconnections.application.sourcefile.SourceFileRequest;
import io.storageconnections.application.sourcefile.UpdateSourceFile;
import io.storageconnections.domain.connection.ConnectionChange;
import io.storageconnections.domain.connection.ConnectionId;
import io.storageconnections.domain.connection.ConnectorType;
import io.storageconnections.domain.connection.DisplayName;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.SourceFileChange;
import io.storageconnections.domain.connection.StorageConnection;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.embedded.ChangeEvent.ConnectionCreated;
import io.storageconnections.embedded.ChangeEvent.ConnectionDeleted;
import io.storageconnections.embedded.ChangeEvent.ConnectionUpdated;
import io.storageconnections.embedded.ChangeEvent.SourceFileMoved;
import io.storageconnections.embedded.ChangeEvent.SourceFileRemoved;
import io.storageconnections.embedded.ChangeEvent.SourceFileUpdated;
import io.storageconnections.embedded.ChangeEvent.SourceFilesAdded;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Tests what listeners are told. Closing the service waits until they are told everything. */
final class ChangeListenerTest {

  private static final Caller CALLER = Caller.ofUser("host", "ada");
  private static final ITwinId ITWIN = new ITwinId(UUID.randomUUID());

  private final IModelId iModel = new IModelId(UUID.randomUUID());
  private final JdbcDataSource dataSource = new JdbcDataSource();
  private final List<ChangeEvent> told = Collections.synchronizedList(new ArrayList<>());

  ChangeListenerTest() {
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
  }

  private StorageConnectionsServiceBuilder builder() {
    return StorageConnectionsService.builder(dataSource);
  }

  private static SourceFileRequest someFile() {
    return SourceFileRequest.of(new StorageFileId(ITWIN, UUID.randomUUID()), ConnectorType.MSTN);
  }

  private StorageConnection create(UseCases useCases, SourceFileRequest... files) {
    return useCases
        .createStorageConnection()
        .create(CALLER.withBearerToken("secret"), ConnectionRequest.of(iModel, List.of(files)))
        .orElseThrow()
        .connection();
  }

  @Test
  void every_change_is_reported_with_the_caller_and_the_new_state() {
    var expected = new ArrayList<ChangeEvent>();
    try (var service = builder().onChange(told::add).build()) {
      var useCases = service.useCases();
      var none = Precondition.NONE;
      var connection = create(useCases, someFile());
      expected.add(new ConnectionCreated(CALLER, connection));
      var target = create(useCases, someFile());
      expected.add(new ConnectionCreated(CALLER, target));
      var id = connection.id();
      var renamed =
          useCases
              .updateStorageConnection()
              .update(
                  CALLER,
                  UpdateStorageConnection.Change.of(
                      id, new ConnectionChange(new DisplayName("new"), null)),
                  none)
              .orElseThrow();
      expected.add(new ConnectionUpdated(CALLER, renamed));
      var added =
          useCases
              .addSourceFiles()
              .add(CALLER, AddSourceFiles.Addition.of(id, List.of(someFile())))
              .orElseThrow()
              .sourceFiles();
      expected.add(new SourceFilesAdded(CALLER, id, added));
      var file = added.getFirst();
      var updated =
          useCases
              .updateSourceFile()
              .update(
                  CALLER,
                  UpdateSourceFile.Change.of(
                      id,
                      file.id(),
                      new SourceFileChange(file.storageFileId(), ConnectorType.CIVIL)),
                  none)
              .orElseThrow();
      expected.add(new SourceFileUpdated(CALLER, id, updated));
      var moved =
          useCases
              .moveSourceFile()
              .move(CALLER, MoveSourceFile.Move.of(id, file.id(), target.id()), none)
              .orElseThrow();
      expected.add(new SourceFileMoved(CALLER, id, target.id(), moved));
      useCases
          .removeSourceFile()
          .remove(CALLER, SourceFileReference.of(target.id(), file.id()), none)
          .orElseThrow();
      expected.add(new SourceFileRemoved(CALLER, target.id(), file.id()));
      useCases
          .deleteStorageConnection()
          .delete(CALLER, ConnectionReference.of(id), none)
          .orElseThrow();
      expected.add(new ConnectionDeleted(CALLER, id));
    }
    assertThat(told).isEqualTo(expected);
    assertThat(told).allMatch(change -> change.caller().bearerToken() == null);
  }

  /**
   * A use case changes something unless its name begins with another verb. Runs are no changes of
   * connections.
   */
  @Test
  void every_use_case_that_changes_something_is_reported() {
    assertThat(ReportingUseCases.class.getDeclaredMethods())
        .extracting(Method::getName)
        .containsAll(
            Arrays.stream(UseCases.class.getDeclaredMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                // The audit trail itself is no connection that changes.
                .filter(
                    name -> !name.matches("(get|list|check)[A-Z].*|limits|runs|removeExpiredAudit"))
                .toList());
  }

  @Test
  void a_request_that_fails_is_not_reported() {
    var file = someFile();
    try (var service = builder().onChange(told::add).build()) {
      create(service.useCases(), file);
      var repeated = ConnectionRequest.of(iModel, List.of(file));
      assertThat(service.useCases().createStorageConnection().create(CALLER, repeated))
          .isInstanceOf(Failed.class);
    }
    assertThat(told).hasSize(1);
  }

  @Test
  void a_listener_that_throws_stops_neither_requests_nor_reports() {
    var uncaught = Collections.synchronizedList(new ArrayList<Throwable>());
    ChangeListener failing =
        change -> {
          Thread.currentThread()
              .setUncaughtExceptionHandler((thread, failure) -> uncaught.add(failure));
          throw new IllegalStateException("the listener fails");
        };
    try (var service = builder().onChange(failing).onChange(told::add).build()) {
      create(service.useCases(), someFile());
      create(service.useCases(), someFile());
    }
    assertThat(told).hasSize(2);
    assertThat(uncaught).hasSize(2);
  }

  @Test
  void a_listener_that_interrupts_its_thread_stops_no_reports() {
    ChangeListener interrupting = change -> Thread.currentThread().interrupt();
    try (var service = builder().onChange(interrupting).onChange(told::add).build()) {
      create(service.useCases(), someFile());
      create(service.useCases(), someFile());
    }
    assertThat(told).hasSize(2);
  }

  @Test
  void a_listener_that_hangs_delays_no_request_and_is_told_how_many_changes_it_missed()
      throws Exception {
    var proceed = new CountDownLatch(1);
    var missed = new AtomicLong();
    var hanging =
        new ChangeListener() {
          @Override
          public void changed(ChangeEvent change) {
            try {
              proceed.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            told.add(change);
          }

          @Override
          public void missed(long count) {
            missed.addAndGet(count);
          }
        };
    var reporter = new ChangeReporter(List.of(hanging));
    reporter.start();
    var change = new ConnectionDeleted(CALLER, new ConnectionId(iModel, UUID.randomUUID()));
    for (int i = 0; i < ChangeListener.UNREPORTED_MAX + 100; i++) {
      reporter.report(change);
    }
    proceed.countDown();
    reporter.close();
    assertThat(told.size() + missed.get()).isEqualTo(ChangeListener.UNREPORTED_MAX + 100);
    assertThat(missed).hasValueGreaterThanOrEqualTo(99);
  }

  @Test
  void a_listener_that_closes_the_service_is_told_of_all_changes_so_far() throws Exception {
    var closing = new AtomicReference<ChangeReporter>();
    var all = new CountDownLatch(ChangeListener.UNREPORTED_MAX);
    var reporter =
        new ChangeReporter(
            List.of(change -> {
              requireNonNull(closing.get()).close();
              all.countDown();
            }));
    closing.set(reporter);
    var change = new ConnectionDeleted(CALLER, new ConnectionId(iModel, UUID.randomUUID()));
    for (int i = 0; i < ChangeListener.UNREPORTED_MAX; i++) {
      reporter.report(change);
    }
    reporter.start();
    assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void within_a_transaction_of_the_host_a_change_is_reported_when_the_host_says_it_is_committed()
      throws Exception {
    var afterCommit = new ArrayList<Runnable>();
    try (var service = builder().onChange(told::add).build();
        var connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      create(service.within(connection, afterCommit::add), someFile());
      create(service.within(connection, action -> {}), someFile());
      connection.commit();
      assertThat(afterCommit).hasSize(1);
      assertThat(told).isEmpty();
      afterCommit.forEach(Runnable::run);
    }
    assertThat(told).hasSize(1);
  }
}
