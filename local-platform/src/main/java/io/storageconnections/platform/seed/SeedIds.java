package io.storageconnections.platform.seed;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.storageconnections.platform.domain.id.ScopeId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The ids of objects for which the seed fixes none: GUIDs of version 4 that follow from the names
 * of the object and of those around it, so that each start gives the same ids. Not thread-safe; for
 * one seed.
 */
final class SeedIds {

  /** Part of each hash. Another value would give other ids for the same seed. */
  private static final String PURPOSE = "storage-connections seed 1";

  private static final long VERSION_MASK = 0xF000L;
  private static final long VERSION_4 = 0x4000L;
  private static final long VARIANT_MASK = 0xC000_0000_0000_0000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final Map<List<String>, Integer> occurrences = new HashMap<>();

  /**
   * Returns the id of the next object with these names. Several objects with the same names get
   * different ids, in the order of the seed.
   *
   * @param names the kind of the object, the names around it, and its own name
   */
  UUID next(List<String> names) {
    var occurrence = occurrences.merge(List.copyOf(names), 1, Integer::sum);
    var attempts = new int[1];
    return ScopeId.next(() -> guid(names, occurrence, attempts[0]++));
  }

  private static UUID guid(List<String> names, int occurrence, int attempt) {
    var hash = Sha256.digest();
    add(hash, PURPOSE);
    names.forEach(name -> add(hash, name));
    hash.update(ByteBuffer.allocate(8).putInt(occurrence).putInt(attempt).flip());
    var bytes = ByteBuffer.wrap(hash.digest());
    return new UUID(
        (bytes.getLong() & ~VERSION_MASK) | VERSION_4, (bytes.getLong() & ~VARIANT_MASK) | VARIANT);
  }

  /** Adds the length too, so that different lists of names never give the same bytes. */
  private static void add(MessageDigest hash, String text) {
    var bytes = text.getBytes(UTF_8);
    hash.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
    hash.update(bytes);
  }
}
