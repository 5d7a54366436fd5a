package io.storageconnections.platform.persistence;

import io.storageconnections.adapter.persistence.sql.Transactions;
import io.storageconnections.domain.connection.IModelId;
import io.storageconnections.domain.connection.ITwinId;
import io.storageconnections.platform.domain.imodel.IModel;
import io.storageconnections.platform.domain.itwin.ITwin;
import io.storageconnections.platform.domain.itwin.ITwinProperties;
import io.storageconnections.platform.domain.itwin.ITwinStatus;
import io.storageconnections.platform.domain.itwin.ITwinSubClass;
import io.storageconnections.platform.domain.member.Subject;
import io.storageconnections.platform.persistence.imodel.JooqIModelStore;
import io.storageconnections.platform.persistence.itwin.JooqITwinStore;
import io.storageconnections.platform.persistence.sql.PlatformConstraints;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

/** Adds iTwins and iModels to a database, for tests of what is in them. */
public final class TestRows {

  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  private final Transactions transactions;
  private final JooqITwinStore iTwins;
  private final JooqIModelStore iModels;

  /** Uses a database with the tables of the local platform. */
  public TestRows(DataSource dataSource) {
    transactions = Transactions.on(dataSource, PlatformConstraints.RANDOM_KEYS);
    iTwins = new JooqITwinStore(transactions);
    iModels = new JooqIModelStore(transactions);
  }

  public Transactions transactions() {
    return transactions;
  }

  public JooqITwinStore iTwins() {
    return iTwins;
  }

  /** Adds an iTwin that the subject owns. */
  public ITwinId newITwin(String owner) {
    var id = new ITwinId(UUID.randomUUID());
    var unused =
        iTwins.add(
            new ITwin(
                id,
                new ITwinProperties(
                    ITwinSubClass.parse("Project"),
                    "House",
                    id.toString(),
                    null,
                    null,
                    null,
                    null,
                    ITwinStatus.ACTIVE,
                    null),
                owner,
                CREATED,
                owner,
                CREATED),
            Subject.parse(owner));
    return id;
  }

  /** Adds an iModel. */
  public IModelId newIModel(ITwinId iTwin, String creator) {
    var id = new IModelId(UUID.randomUUID());
    var unused = iModels.add(new IModel(id, iTwin, id.toString(), null, null, creator, CREATED));
    return id;
  }
}
