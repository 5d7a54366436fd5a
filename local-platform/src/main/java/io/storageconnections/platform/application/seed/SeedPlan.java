package io.storageconnections.platform.application.seed;

import io.storageconnections.platform.application.port.SeedStore.SeedObjects;
import java.util.List;

/**
 * A valid seed.
 *
 * @param digest 64 hexadecimal digits that differ if the seed, or a file that it names, differs
 * @param objects the objects; the times of the first ones are that of the epoch, and later ones
 *     follow in the order of the seed
 * @param contents the contents of the files, each hash once
 */
public record SeedPlan(String digest, SeedObjects objects, List<SeedContent> contents) {

  /** Copies the list. */
  public SeedPlan {
    contents = List.copyOf(contents);
  }
}
