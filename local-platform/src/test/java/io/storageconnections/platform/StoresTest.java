package io.storageconnections.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.storageconnections.adapter.persistence.Database;
import io.storageconnections.adapter.persistence.Migrations;
import io.storageconnections.adapter.persistence.OpenIModelDirectory;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.contract.IModelDirectoryContract;
import io.storageconnections.application.contract.OpenIModelDirectoryContract;
import io.storageconnections.application.contract.Race;
import io.storageconnections.application.port.Access;
import io.storageconnections.application.port.Caller;
import io.storageconnections.application.port.IModelDirectory;
import io.storageconnections.application.port.PageRequest;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.domain.connection.StorageFileId;
import io.storageconnections.platform.application.deletion.Deletions;
import io.storageconnections.platform.application.outcome.Failure;
import io.storageconnections.platform.application.outcome.Failure.IModelExists;
import io.storageconnections.platform.application.outcome.Failure.ITwinExists;
import io.storageconnections.platform.application.outcome.Failure.ITwinNotFound;
import io.storageconnections.platform.application.outcome.Failure.LastOwner;
import io.storageconnections.platform.application.outcome.Outcome;
import io.storageconnections.platform.application.outcome.Outcome.Failed;
import io.storageconnections.platform.application.outcome.Outcome.Success;
import io.storageconnections.platform.application.port.IModelStore.SortKey;
import io.storageconnections.platform.application.port.Order;
import io.storageconnections.platform.directory.OpenPlatformIModelDirectory;
import io.storageconnections.platform.directory.OwnIModelDirectory;
import io.storageconnections.platform.directory.UnknownIds;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.itwin.ITwinProperties;
import io.storageconnections.platform.domain.itwin.ITwinStatus;
import io.storageconnections.platform.domain.itwin.ITwinSubClass;
import io.storageconnections.platform.domain.member.Member;
import io.storageconnections.platform.domain.member.Role;
import io.storageconnections.platform.domain.member.Subject;
import io.storageconnections.platform.persistence.imodel.JooqIModelStore;
import io.storageconnections.platform.persistence.itwin.JooqITwinStore;
import io.storageconnections.platform.persistence.member.JooqMemberStore;
import io.storageconnections.platform.persistence.sql.PlatformConstraints;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Tests the stores, the directories and the deletions on one database. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class StoresTest {

  private static final Instant NOW = Instant.parse("2026-11-26T10:00:00.123456Z");
  private static final Subject ANN = new Subject("ann");
  private static final Subject BOB = new Subject("bob");

  private Database database;
  private JooqITwinStore iTwins;
  private JooqMemberStore members;
  private JooqIModelStore iModels;

  /** Returns the JDBC URL of the database. */
  abstract String url();

  @BeforeAll
  void open() {
    database = Database.open(url(), null, null, 16);
    Migrations.run(database.dataSource());
    LocalPlatform.migrate(database.dataSource());
    var transactions = Transactions.on(database.dataSource(), PlatformConstraints.RANDOM_KEYS);
    iTwins = new JooqITwinStore(transactions);
    members = new JooqMemberStore(transactions);
    iModels = new JooqIModelStore(transactions);
  }

  @AfterAll
  void close() {
    database.close();
  }

  private static ITwin iTwin(String number) {
    var id = new ITwinId(UUID.randomUUID());
    return new ITwin(
        id,
        new ITwinProperties(
            ITwinSubClass.PROJECT,
            "Bridge",
            number,
            null,
            null,
            null,
            null,
            ITwinStatus.ACTIVE,
            null),
        "ann",
        NOW,
        "ann",
        NOW);
  }

  private ITwinId newITwin() {
    var iTwin = iTwin(UUID.randomUUID().toString());
    assertThat(iTwins.add(iTwin, ANN)).isInstanceOf(Success.class);
    return iTwin.id();
  }

  private static IModel iModel(ITwinId iTwin, String name) {
    return new IModel(new IModelId(UUID.randomUUID()), iTwin, name, null, null, "ann", NOW);
  }

  private IModelId newIModel(ITwinId iTwin) {
    var iModel = iModel(iTwin, UUID.randomUUID().toString());
    assertThat(iModels.add(iModel)).isInstanceOf(Success.class);
    return iModel.id();
  }

  private static @Nullable Failure failure(Outcome<?> outcome) {
    return outcome instanceof Failed<?>(var failure) ? failure : null;
  }

  @Test
  void an_iTwin_is_read_as_it_was_added() {
    var iTwin = iTwin("N");
    iTwins.add(iTwin, ANN);
    assertThat(iTwins.find(iTwin.id())).contains(iTwin);
  }

  @RepeatedTest(5)
  void of_concurrent_iTwins_with_one_number_one_is_added() throws InterruptedException {
    var number = UUID.randomUUID().toString();
    var outcomes =
        Race.among(
            IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Outcome<ITwin>>) () -> iTwins.add(iTwin(number), ANN))
                .toList());
    assertThat(outcomes).filteredOn(Success.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Failed.class::isInstance)
        .allMatch(outcome -> failure(outcome) instanceof ITwinExists);
  }

  @RepeatedTest(5)
  void of_concurrent_iModels_with_one_name_one_is_added() throws InterruptedException {
    var iTwin = newITwin();
    var outcomes =
        Race.among(
            IntStream.range(0, 8)
                .mapToObj(i -> (Callable<Outcome<IModel>>) () -> iModels.add(iModel(iTwin, "Sun")))
                .toList());
    assertThat(outcomes).filteredOn(Success.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Failed.class::isInstance)
        .allMatch(outcome -> failure(outcome) instanceof IModelExists);
  }

  @RepeatedTest(5)
  void owners_who_remove_each_other_leave_one_owner() throws InterruptedException {
    var iTwin = newITwin();
    members.put(iTwin, new Member(BOB, Role.OWNER), NOW);
    var outcomes =
        Race.among(
            List.<Callable<Outcome<Member>>>of(
                () -> members.remove(iTwin, ANN),
                () -> members.put(iTwin, new Member(BOB, Role.READER), NOW)));
    assertThat(outcomes).filteredOn(Success.class::isInstance).hasSize(1);
    assertThat(outcomes)
        .filteredOn(Failed.class::isInstance)
        .allMatch(outcome -> failure(outcome) instanceof LastOwner);
    assertThat(members.list(iTwin)).filteredOn(member -> member.role() == Role.OWNER).hasSize(1);
  }

  @RepeatedTest(5)
  void a_member_that_is_added_by_several_requests_at_once_is_one_member()
      throws InterruptedException {
    var iTwin = newITwin();
    var outcomes =
        Race.among(
            IntStream.range(0, 4)
                .mapToObj(i ->
                    (Callable<Outcome<Member>>)
                        () -> members.put(iTwin, new Member(BOB, Role.WRITER), NOW))
                .toList());
    assertThat(outcomes).allMatch(Success.class::isInstance);
    assertThat(members.list(iTwin)).hasSize(2);
  }

  @RepeatedTest(10)
  void no_iModel_appears_in_an_iTwin_that_is_deleted() throws InterruptedException {
    var iTwin = newITwin();
    var created = new ArrayList<Callable<Object>>();
    for (int i = 0; i < 4; i++) {
      created.add(() -> iModels.add(iModel(iTwin, UUID.randomUUID().toString())));
    }
    created.add(() -> {
      assertThat(iTwins.beginDeletion(iTwin)).isTrue();
      // From here on, no iModel may be added.
      return iModels.ofITwin(iTwin, 100);
    });
    var outcomes = Race.among(created);
    var atMark = (List<?>) outcomes.getLast();
    assertThat(iModels.ofITwin(iTwin, 100)).hasSameSizeAs(atMark);
    assertThat(failure(iModels.add(iModel(iTwin, "late")))).isInstanceOf(ITwinNotFound.class);
  }

  @Test
  void nothing_of_an_iTwin_that_is_being_deleted_exists_for_its_owner() {
    var iTwin = newITwin();
    var iModel = newIModel(iTwin);
    assertThat(iTwins.beginDeletion(iTwin)).isTrue();
    assertThat(iTwins.beginDeletion(iTwin)).isFalse();
    assertThat(iTwins.find(iTwin)).isEmpty();
    assertThat(members.roleOf(iTwin, ANN)).isEmpty();
    assertThat(iModels.find(iModel, ANN)).isEmpty();
    assertThat(failure(members.put(iTwin, new Member(BOB, Role.OWNER), NOW)))
        .isInstanceOf(ITwinNotFound.class);
  }

  @Test
  void iModels_with_one_time_of_creation_have_a_stable_order() {
    var iTwin = newITwin();
    for (int i = 0; i < 5; i++) {
      newIModel(iTwin);
    }
    var order = new Order<>(SortKey.CREATED, false);
    var all = iModels.list(iTwin, null, null, order, new PageRequest(0, 10)).items();
    for (int i = 0; i < 5; i++) {
      assertThat(iModels.list(iTwin, null, null, order, new PageRequest(i, 1)).items())
          .containsExactly(all.get(i));
    }
  }

  private static final Caller DELETER = Caller.ofUser("app", "ann");

  /** The system fails at one step of a deletion. */
  private static final class Crash extends IllegalStateException {
    private static final long serialVersionUID = 1L;
  }

  private Deletions deletions(
      List<IModelId> deletedConnections, List<ITwinId> deletedStorage, Duration later) {
    return new Deletions(
        iTwins,
        iModels,
        (caller, iModel) -> deletedConnections.add(iModel),
        deletedStorage::add,
        Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
  }

  private Deletions crashing(boolean inConnections) {
    return new Deletions(
        iTwins,
        iModels,
        (caller, iModel) -> {
          if (inConnections) {
            throw new Crash();
          }
        },
        iTwin -> {
          throw new Crash();
        },
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void an_interrupted_deletion_of_an_iModel_is_finished_later() {
    var iModel = newIModel(newITwin());
    iModels.beginDeletion(iModel);
    assertThatThrownBy(() -> crashing(true).finish(DELETER, iModel)).isInstanceOf(Crash.class);
    assertThat(iModels.find(iModel, ANN)).isEmpty();
    assertThat(iModels.beingDeleted()).contains(iModel);
    var connections = new ArrayList<IModelId>();
    deletions(connections, new ArrayList<>(), Duration.ZERO).resume();
    assertThat(connections).contains(iModel);
    assertThat(iModels.beingDeleted()).doesNotContain(iModel);
    assertThat(iModels.isKnown(iModel)).isTrue();
  }

  @Test
  void an_interrupted_deletion_of_an_iTwin_is_finished_later_from_every_step() {
    for (boolean inConnections : new boolean[] {true, false}) {
      var iTwin = newITwin();
      var iModel = newIModel(iTwin);
      iTwins.beginDeletion(iTwin);
      assertThatThrownBy(() -> crashing(inConnections).finish(DELETER, iTwin))
          .isInstanceOf(Crash.class);
      assertThat(iTwins.beingDeleted()).contains(iTwin);
      var connections = new ArrayList<IModelId>();
      var storage = new ArrayList<ITwinId>();
      deletions(connections, storage, Duration.ZERO).resume();
      assertThat(connections).contains(iModel);
      assertThat(storage).contains(iTwin);
      assertThat(iTwins.beingDeleted()).doesNotContain(iTwin);
      assertThat(iModels.ofITwin(iTwin, 1)).isEmpty();
      assertThat(iModels.isKnown(iModel)).isTrue();
    }
  }

  @Test
  void connections_are_deleted_for_the_caller_and_later_for_the_platform_itself() {
    var iTwin = newITwin();
    var iModel = newIModel(iTwin);
    iTwins.beginDeletion(iTwin);
    var callers = new ArrayList<String>();
    var deletions =
        new Deletions(
            iTwins,
            iModels,
            (caller, deleted) -> {
              if (deleted.equals(iModel)) {
                callers.add(caller.client() + " " + caller.subject());
              }
            },
            deleted -> {},
            Clock.fixed(NOW, ZoneOffset.UTC));
    deletions.finish(DELETER, iTwin);
    deletions.resume();
    assertThat(callers).containsExactly("app ann", "local-platform local-platform");
  }

  @Test
  void connections_of_a_deleted_iModel_are_deleted_again_for_ten_minutes() {
    var iModel = newIModel(newITwin());
    iModels.beginDeletion(iModel);
    deletions(new ArrayList<>(), new ArrayList<>(), Duration.ZERO).finish(DELETER, iModel);
    var within = new ArrayList<IModelId>();
    deletions(within, new ArrayList<>(), Duration.ofMinutes(10)).resume();
    assertThat(within).contains(iModel);
    var after = new ArrayList<IModelId>();
    deletions(after, new ArrayList<>(), Duration.ofMinutes(10).plusSeconds(1)).resume();
    assertThat(after).doesNotContain(iModel);
  }

  private static StorageFileId someFile() {
    return new StorageFileId(new ITwinId(UUID.randomUUID()), UUID.randomUUID());
  }

  private static Subject subjectOf(Caller caller) {
    return new Subject(caller.subject());
  }

  @Nested
  final class OwnDirectory implements IModelDirectoryContract {

    @Override
    public IModelDirectory directory() {
      return new OwnIModelDirectory(iModels);
    }

    private IModelId iModelWith(Caller caller, Role role) {
      var iTwin = newITwin();
      members.put(iTwin, new Member(subjectOf(caller), role), NOW);
      return newIModel(iTwin);
    }

    @Override
    public IModelId visibleIModel(Caller caller) {
      return iModelWith(caller, Role.WRITER);
    }

    @Override
    public Optional<IModelId> readableIModel(Caller caller) {
      return Optional.of(iModelWith(caller, Role.READER));
    }

    @Override
    public Optional<IModelId> hiddenIModel(Caller caller) {
      return Optional.of(newIModel(newITwin()));
    }

    @Test
    void an_owner_may_change_an_iModel_until_it_is_deleted() {
      var caller = Caller.ofClient("own");
      var iModel = iModelWith(caller, Role.OWNER);
      assertThat(directory().access(caller, iModel)).isEqualTo(Access.CHANGE);
      iModels.beginDeletion(iModel);
      assertThat(directory().access(caller, iModel)).isEqualTo(Access.NONE);
      assertThat(directory().iTwinOf(caller, iModel, someFile())).isEmpty();
    }

    @Test
    void subjects_are_compared_exactly() {
      var caller = Caller.ofUser("own", "Ann");
      assertThat(directory().access(caller, newIModel(newITwin()))).isEqualTo(Access.NONE);
    }
  }

  @Nested
  final class OpenDirectory implements OpenIModelDirectoryContract {

    private final Caller caller = Caller.ofClient("anyone");

    private @Nullable IModelDirectory directory;

    @Override
    public IModelDirectory directory() {
      var known = directory;
      if (known == null) {
        known =
            new OpenPlatformIModelDirectory(
                iModels,
                new UnknownIds(iTwins, iModels),
                OpenIModelDirectory.on(database.dataSource()));
        directory = known;
      }
      return known;
    }

    @Test
    void an_iModel_that_was_made_here_belongs_to_its_iTwin_for_every_caller() {
      var iTwin = newITwin();
      var iModel = newIModel(iTwin);
      assertThat(directory().access(caller, iModel)).isEqualTo(Access.CHANGE);
      assertThat(directory().iTwinOf(caller, iModel, someFile())).contains(iTwin);
    }

    @Test
    void an_iModel_that_was_deleted_here_does_not_exist_any_more() {
      var iTwin = newITwin();
      var iModel = newIModel(iTwin);
      iModels.beginDeletion(iModel);
      assertThat(directory().access(caller, iModel)).isEqualTo(Access.NONE);
      deletions(new ArrayList<>(), new ArrayList<>(), Duration.ZERO).finish(DELETER, iModel);
      assertThat(directory().access(caller, iModel)).isEqualTo(Access.NONE);
      assertThat(directory().iTwinOf(caller, iModel, someFile())).isEmpty();
    }

    @Test
    void an_iModel_of_a_deleted_iTwin_does_not_exist_any_more() {
      var iTwin = newITwin();
      var iModel = newIModel(iTwin);
      iTwins.beginDeletion(iTwin);
      assertThat(directory().access(caller, iModel)).isEqualTo(Access.NONE);
      deletions(new ArrayList<>(), new ArrayList<>(), Duration.ZERO).finish(DELETER, iTwin);
      assertThat(directory().access(caller, iModel)).isEqualTo(Access.NONE);
    }
  }
}
