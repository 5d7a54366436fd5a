package io.storageconnections.platform.persistence.seed;

import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_DELETED_ITWIN;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_IMODEL;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_ITWIN;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_MEMBER;
import static io.storageconnections.platform.persistence.schema.Tables.LOCAL_PLATFORM_SEED;
import static org.jooq.impl.DSL.select;

import io.storageconnections.adapter.persistence.JooqStorageConnectionStore;
import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.application.outcome.Outcome.Failed;
import io.storageconnections.application.outcome.Outcome.Success;
import io.storageconnections.application.port.StoreException;
import io.storageconnections.application.port.StoreException.Reason;
import io.storageconnections.application.port.TransactionConflictException;
import io.storageconnections.domain.audit.Cause;
import io.storageconnections.domain.connection.Limits;
import io.storageconnections.domain.connection.Origin;
import io.storageconnections.platform.application.port.SeedStore;
import io.storageconnections.platform.domain.storage.Content;
import io.storageconnections.platform.persistence.imodel.IModelRows;
import io.storageconnections.platform.persistence.itwin.ITwinRows;
import io.storageconnections.platform.persistence.member.MemberRows;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformImodel;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformItwin;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformMember;
import io.storageconnections.platform.persistence.schema.tables.LocalPlatformSeed;
import io.storageconnections.platform.persistence.sql.PlatformConstraints;
import io.storageconnections.platform.persistence.storage.SeededRows;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Record1;
import org.jooq.Select;

/** Keeps the objects of a seed in an SQL database. Thread-safe. */
public final class JooqSeedStore implements SeedStore {

  private static final LocalPlatformSeed SEED = LOCAL_PLATFORM_SEED;
  private static final LocalPlatformItwin ITWIN = LOCAL_PLATFORM_ITWIN;
  private static final LocalPlatformMember MEMBER = LOCAL_PLATFORM_MEMBER;
  private static final LocalPlatformImodel IMODEL = LOCAL_PLATFORM_IMODEL;

  /** The seed takes the place of a caller in the audit trail. */
  private static final Origin SEED_ORIGIN = new Origin("seed", "seed", null);

  private static final short ROW = 1;

  private static final int ATTEMPTS_MAX = 10;

  private static final int PAUSE_MILLIS_MAX = 50;

  private final Transactions transactions;
  private final JooqStorageConnectionStore connections;

  private JooqSeedStore(Transactions transactions, JooqStorageConnectionStore connections) {
    this.transactions = transactions;
    this.connections = connections;
  }

  /** Creates a store on a database that has the tables of the platform and of the connections. */
  public static JooqSeedStore on(DataSource dataSource) {
    return new JooqSeedStore(
        // A request that ends at the same time may have added what a seed has, too.
        Transactions.on(dataSource, PlatformConstraints.UNIQUE),
        JooqStorageConnectionStore.on(dataSource));
  }

  @Override
  public State state() {
    return transaction("reading whether the database is empty", this::state);
  }

  private State state(DSLContext transaction) {
    var seeded = seeded(transaction);
    if (seeded.isPresent()) {
      return seeded.get();
    }
    if (isEmpty(transaction)) {
      return new State.Empty();
    }
    // The objects may be those of a node that has filled the database since the first query.
    return seeded(transaction).<State>map(mark -> mark).orElseGet(State.Other::new);
  }

  private boolean isEmpty(DSLContext transaction) {
    return !transaction.fetchExists(ITWIN)
        && !IModelRows.exist(transaction)
        && !SeededRows.exist(transaction)
        && connections(transaction, JooqStorageConnectionStore::isEmpty);
  }

  private static Optional<State.Seeded> seeded(DSLContext transaction) {
    return transaction
        .selectFrom(SEED)
        .fetchOptional(row -> new State.Seeded(row.get(SEED.DIGEST), row.get(SEED.CREATED_AT)));
  }

  /** Uses the store of connections within a transaction of this one. */
  private <T> T connections(DSLContext transaction, Function<JooqStorageConnectionStore, T> use) {
    return transaction.connectionResult(jdbc -> use.apply(connections.within(jdbc)));
  }

  @Override
  public void registerBlob(UUID blob, Instant at) {
    var unused =
        transaction(
            "registering a content of the seed",
            transaction -> {
              SeededRows.registerBlob(transaction, blob, at);
              return blob;
            });
  }

  @Override
  public boolean fill(State.Seeded seeded, SeedObjects objects, Map<String, Content> contents) {
    var doing = "filling the database with the seed";
    return transaction(
        doing,
        transaction -> {
          if (!(state(transaction) instanceof State.Empty)) {
            return false;
          }
          // First, so that of two nodes that start at the same time, one waits and finds the mark.
          transaction
              .insertInto(SEED)
              .set(SEED.ROW_ID, ROW)
              .set(SEED.DIGEST, seeded.digest())
              .set(SEED.CREATED_AT, seeded.created())
              .execute();
          // What deleted objects have left.
          deleteAll(transaction, seeded.created());
          for (var content : contents.values()) {
            if (!SeededRows.keepBlob(transaction, content, seeded.created())) {
              throw new StoreException(
                  Reason.BUSY, doing, "a content was removed before the end; start again", null);
            }
          }
          insert(transaction, doing, objects, contents);
          return true;
        });
  }

  @Override
  public boolean refill(State.Seeded seeded, SeedObjects objects, Instant at) {
    var doing = "returning to the seed";
    return transaction(
        doing,
        transaction -> {
          // Two resets at the same time follow each other.
          transaction.selectFrom(SEED).forUpdate().fetch();
          if (!seeded(transaction).equals(Optional.of(seeded))) {
            return false;
          }
          deleteAll(transaction, at);
          insert(transaction, doing, objects, SeededRows.keptBlobs(transaction));
          return true;
        });
  }

  /**
   * Deletes the objects. It marks the iTwins first, as a deletion does: a transaction that adds to
   * one of them ends before the other statements look for what it added, or finds the mark. An
   * iTwin that a request adds after that stays, with all in it, as if it were added later.
   */
  private void deleteAll(DSLContext transaction, Instant at) {
    transaction.select(ITWIN.ITWIN_ID).from(ITWIN).orderBy(ITWIN.ITWIN_ID).forUpdate().fetch();
    transaction.update(ITWIN).set(ITWIN.IS_DELETING, true).execute();
    transaction.deleteFrom(MEMBER).where(MEMBER.ITWIN_ID.notIn(others())).execute();
    transaction.deleteFrom(IMODEL).where(IMODEL.ITWIN_ID.notIn(others())).execute();
    SeededRows.deleteAll(transaction, others(), at);
    transaction.deleteFrom(ITWIN).where(ITWIN.IS_DELETING.isTrue()).execute();
    transaction.deleteFrom(LOCAL_PLATFORM_DELETED_ITWIN).execute();
    var unused =
        connections(
            transaction,
            store -> {
              store.clear();
              return true;
            });
  }

  /** The iTwins that are not marked. */
  private static Select<Record1<UUID>> others() {
    return select(ITWIN.ITWIN_ID).from(ITWIN).where(ITWIN.IS_DELETING.isFalse());
  }

  private void insert(
      DSLContext transaction, String doing, SeedObjects objects, Map<String, Content> contents) {
    objects.iTwins().forEach(iTwin -> ITwinRows.insert(transaction, iTwin));
    objects
        .members()
        .forEach(each -> MemberRows.insert(transaction, each.iTwin(), each.member(), each.added()));
    objects.iModels().forEach(iModel -> IModelRows.insert(transaction, iModel));
    objects.folders().forEach(folder -> SeededRows.insertFolder(transaction, folder));
    for (var file : objects.files()) {
      var content = contents.get(file.sha256());
      if (content == null) {
        throw new IllegalStateException("the seed has no content for file " + file.item().id());
      }
      SeededRows.insertFile(transaction, file.item(), content);
    }
    var unused =
        connections(
            transaction,
            store -> {
              objects
                  .connections()
                  .forEach(each -> {
                    switch (store.add(
                        new Cause(SEED_ORIGIN, each.connection().created()), each, Limits.NONE)) {
                      case Success(var added) -> {}
                      // Only a request that ends at the same time can have added a connection.
                      case Failed(var failure) ->
                          throw new TransactionConflictException(
                              doing, new IllegalStateException(failure.toString()));
                    }
                  });
              return true;
            });
  }

  /** Runs a transaction, and repeats it after a conflict with a request. */
  private <T> T transaction(String doing, Function<DSLContext, T> statements) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transactions.transaction(doing, statements);
      } catch (TransactionConflictException conflict) {
        if (attempt == ATTEMPTS_MAX) {
          throw new StoreException(
              Reason.BUSY, doing, "requests change the same objects; try again", conflict);
        }
        Transactions.pause(doing, PAUSE_MILLIS_MAX);
      }
    }
  }
}
