package io.storageconnections.platform.application.seed;

import io.storageconnections.application.port.StoreException;
import io.storageconnections.platform.application.port.BlobStore;
import io.storageconnections.platform.application.port.BlobStore.BlobStoreException;
import io.storageconnections.platform.application.port.BlobStore.UploadLimits;
import io.storageconnections.platform.application.port.SeedStore;
import io.storageconnections.platform.application.port.SeedStore.SeedObjects;
import io.storageconnections.platform.application.port.SeedStore.State.Empty;
import io.storageconnections.platform.application.port.SeedStore.State.Other;
import io.storageconnections.platform.application.port.SeedStore.State.Seeded;
import io.storageconnections.platform.domain.storage.Content;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Fills an empty database with the objects of a seed, and returns to them. The contents are stored
 * first, and the transaction that adds the objects makes them permanent. So a process that is
 * killed leaves an empty or a filled database; contents that it has stored in vain are swept like
 * those of an upload. Thread-safe.
 */
public record SeedDatabase(SeedStore store, BlobStore blobs, Clock clock, Supplier<UUID> ids) {

  /** A disk that needs more time for one content fails the start. */
  private static final Duration STORE_TIMEOUT = Duration.ofMinutes(10);

  /**
   * Fills the database, unless the same seed has done so before.
   *
   * @throws SeedRefusedException if the database has objects that the seed did not make, or a file
   *     that the seed names changed while it was read
   * @throws StoreException if the database cannot answer
   * @throws BlobStoreException if the blob folder cannot be written
   */
  public void fill(SeedPlan seed) {
    if (isFilled(seed)) {
      return;
    }
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    var contents = new HashMap<String, Content>();
    for (var content : seed.contents()) {
      contents.put(content.sha256(), stored(content, now));
    }
    var filled = store.fill(new Seeded(seed.digest(), now), at(seed, now), contents);
    if (!filled && !isFilled(seed)) {
      throw notEmpty();
    }
  }

  private boolean isFilled(SeedPlan seed) {
    return switch (store.state()) {
      case Empty() -> false;
      case Other() -> throw notEmpty();
      case Seeded(var digest, var created) -> {
        if (!digest.equals(seed.digest())) {
          throw new SeedRefusedException(
              "the database is filled with another seed, or the seed or a file that it names has"
                  + " changed since; use the seed of "
                  + created
                  + ", or an empty database and an empty blob folder");
        }
        yield true;
      }
    };
  }

  private static SeedRefusedException notEmpty() {
    return new SeedRefusedException(
        "the database contains objects that no seed made; use an empty database, or start without"
            + " a seed");
  }

  private static SeedObjects at(SeedPlan seed, Instant created) {
    return seed.objects().later(Duration.between(Instant.EPOCH, created));
  }

  private Content stored(SeedContent content, Instant now) {
    var blob = ids.get();
    store.registerBlob(blob, now);
    try (var bytes = content.bytes().open()) {
      // One byte more, so that a file that grew has another hash.
      var stored = blobs.store(blob, bytes, new UploadLimits(content.size() + 1, STORE_TIMEOUT));
      if (stored.sha256().equals(content.sha256())) {
        return stored;
      }
    } catch (IOException | BlobStore.TooLongException changed) {
      // The exception below says so.
    }
    throw new SeedRefusedException(
        "a file that the seed names changed while the server read it; start again");
  }

  /**
   * Returns the database to the seed that filled it.
   *
   * @throws IllegalStateException if another seed has filled the database in the meantime
   * @throws StoreException if the database cannot answer
   */
  public void reset(SeedPlan seed) {
    if (store.state() instanceof Seeded seeded
        && seeded.digest().equals(seed.digest())
        && store.refill(seeded, at(seed, seeded.created()), clock.instant())) {
      return;
    }
    throw new IllegalStateException("the database is not filled with this seed any more");
  }
}
