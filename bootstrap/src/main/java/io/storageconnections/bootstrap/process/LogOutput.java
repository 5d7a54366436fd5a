package io.storageconnections.bootstrap.process;

import org.slf4j.LoggerFactory;

/**
 * The log of this process. The file {@code logback.xml} of the runnable jar reads the system
 * properties that this class sets, when the first logger is created.
 */
public final class LogOutput {

  /** The name of the format in which each line is a JSON object. */
  public static final String JSON = "json";

  /** The name of the format for people. */
  public static final String TEXT = "text";

  // No name that the reader of settings takes for a misspelt setting.
  private static final String FORMAT_PROPERTY = "log.output.format";
  private static final String LEVEL_PROPERTY = "log.output.level";
  private static final String REQUESTS_PROPERTY = "log.output.requests";

  private static final String MESSAGES = "io.storageconnections.start";

  private LogOutput() {}

  /**
   * Chooses the log. Has no effect once a logger exists.
   *
   * @param format {@link #TEXT} or {@link #JSON}
   * @param level the least level of the lines of this project: {@code debug}, {@code info}, {@code
   *     warn} or {@code error}
   * @param isOfRequests whether each request has a line
   */
  public static void choose(String format, String level, boolean isOfRequests) {
    System.setProperty(FORMAT_PROPERTY, format);
    System.setProperty(LEVEL_PROPERTY, level);
    System.setProperty(REQUESTS_PROPERTY, isOfRequests ? level : "off");
  }

  /** Chooses only the format, before the settings are read. */
  public static void choose(String format) {
    System.setProperty(FORMAT_PROPERTY, format);
  }

  /** {@return whether each line is a JSON object} */
  public static boolean isJson() {
    return JSON.equals(System.getProperty(FORMAT_PROPERTY));
  }

  /** Logs why the process does not start. */
  public static void logFailure(String message) {
    LoggerFactory.getLogger(MESSAGES).error("{}", message);
  }
}
