package io.storageconnections.platform;

import static java.util.Objects.requireNonNull;

import io.storageconnections.platform.application.seed.SeedPlan;
import io.storageconnections.platform.application.storage.StorageSettings;
import io.storageconnections.platform.seed.InvalidSeedException;
import io.storageconnections.platform.seed.SeedReader;
import java.nio.file.Path;

/**
 * The objects of a seed file, in YAML or JSON: iTwins with their members, iModels with their
 * connections, folders and files. Each id that the file does not fix follows from the names of the
 * object and of those around it, so that it is the same at each start. Immutable. The contents of
 * files that the seed names by a path are read again when they are stored.
 */
public final class Seed {

  /** The greatest number of bytes of the content of a file, without another setting: 256 MiB. */
  public static final long CONTENT_BYTES_MAX = StorageSettings.DEFAULT.uploadBytesMax();

  private final String name;
  private final SeedPlan plan;

  private Seed(String name, SeedPlan plan) {
    this.name = name;
    this.plan = plan;
  }

  /**
   * Reads a seed file.
   *
   * @param file the file, at most 10 MiB; paths that it contains begin in its folder
   * @param contentBytesMax the greatest number of bytes of the content of a file
   * @return the seed
   * @throws SeedException with everything that is wrong with the file
   */
  public static Seed read(Path file, long contentBytesMax) {
    var name = requireNonNull(file, "file").toString();
    try {
      return new Seed(name, SeedReader.read(file, contentBytesMax));
    } catch (InvalidSeedException invalid) {
      throw invalid(name, invalid);
    }
  }

  /**
   * Parses the text of a seed file.
   *
   * @param text YAML or JSON
   * @param folder the folder in which the paths in the text begin
   * @param contentBytesMax the greatest number of bytes of the content of a file
   * @return the seed
   * @throws SeedException with everything that is wrong with the text
   */
  public static Seed parse(String text, Path folder, long contentBytesMax) {
    var name = "seed";
    try {
      return new Seed(
          name,
          SeedReader.read(
              requireNonNull(text, "text"), requireNonNull(folder, "folder"), contentBytesMax));
    } catch (InvalidSeedException invalid) {
      throw invalid(name, invalid);
    }
  }

  private static SeedException invalid(String name, InvalidSeedException invalid) {
    return new SeedException(
        invalid.problems().stream().map(problem -> name + ":" + problem).toList(), invalid);
  }

  String name() {
    return name;
  }

  SeedPlan plan() {
    return plan;
  }
}
