package io.storageconnections.domain.run;

/**
 * The phase of a run. The text form is the API's name of the phase.
 *
 * @see <a
 *     href="https://developer.bentley.com/apis/synchronization/operations/get-storage-connection-run">Get
 *     Storage Connection Run</a>
 */
public enum RunPhase {
  /** No file has been processed. */
  PREPROCESSOR("Preprocessor"),
  /** The files of the connection are processed, or have been processed. */
  MASTER_FILE("MasterFile"),
  /** Known to clients; not used by this server, because its files have no references. */
  REFERENCE_FILE("ReferenceFile");

  private final String text;

  RunPhase(String text) {
    this.text = text;
  }

  /** {@return the text form} */
  @Override
  public String toString() {
    return text;
  }
}
