package io.storageconnections.architecture.planted.bootstrap;

import java.io.InputStream;
import java.io.PrintStream;
import java.lang.Thread.UncaughtExceptionHandler;
import java.security.Provider;
import java.security.Security;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

final class UsingProcessWideState {

  int environment() {
    return System.getenv().size();
  }

  int property() {
    return System.getProperty("planted", "").length();
  }

  int properties() {
    return System.getProperties().size();
  }

  void setting() {
    System.setProperty("planted", "planted");
  }

  void settings(Properties properties) {
    System.setProperties(properties);
  }

  void clearing() {
    System.clearProperty("planted");
  }

  void hook(Thread thread) {
    Runtime.getRuntime().addShutdownHook(thread);
  }

  void exit() {
    System.exit(1);
  }

  void exitOfRuntime() {
    Runtime.getRuntime().exit(1);
  }

  void halt() {
    Runtime.getRuntime().halt(1);
  }

  void locale(Locale locale) {
    Locale.setDefault(locale);
  }

  void zone(TimeZone zone) {
    TimeZone.setDefault(zone);
  }

  void driver(Driver driver) throws SQLException {
    DriverManager.registerDriver(driver);
  }

  void noDriver(Driver driver) throws SQLException {
    DriverManager.deregisterDriver(driver);
  }

  boolean flag() {
    return Boolean.getBoolean("planted");
  }

  @Nullable Integer number() {
    return Integer.getInteger("planted");
  }

  @Nullable Long longNumber() {
    return Long.getLong("planted");
  }

  void input(InputStream input) {
    System.setIn(input);
  }

  void output(PrintStream output) {
    System.setOut(output);
  }

  void errors(PrintStream output) {
    System.setErr(output);
  }

  void handler(UncaughtExceptionHandler handler) {
    Thread.setDefaultUncaughtExceptionHandler(handler);
  }

  void provider(Provider provider) {
    Security.addProvider(provider);
  }
}
