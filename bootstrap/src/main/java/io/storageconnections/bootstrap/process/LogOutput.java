package io.storageconnections.bootstrap.process;

import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * The log of this process. The file {@code logback.xml} of the runnable jar reads system properties
 * when the first logger is created.
 */
public final class LogOutput {

  /** The name of the format in which each line is a JSON object. */
  public static final String JSON = "json";

  /** The name of the format for people. */
  public static final String TEXT = "text";

  /**
   * The name of the system property of the format. The reader of settings must not take it for a
   * misspelt setting.
   */
  public static final String FORMAT_PROPERTY = "log.output.format";

  private static final String LEVEL_PROPERTY = "log.output.level";

  private static final String MESSAGES = "io.storageconnections.start";

  private LogOutput() {}

  /**
   * {@return the system properties that choose the log; without effect once a logger exists}
   *
   * @param format {@link #TEXT} or {@link #JSON}
   * @param level the least level of the lines of this project: {@code debug}, {@code info}, {@code
   *     warn} or {@code error}
   */
  public static Map<String, String> properties(String format, String level) {
    return Map.of(FORMAT_PROPERTY, format, LEVEL_PROPERTY, level);
  }

  /** Logs why the process does not start. */
  public static void logFailure(String message) {
    LoggerFactory.getLogger(MESSAGES).error("{}", message);
  }
}
