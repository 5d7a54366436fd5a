package io.storageconnections.application.contract.proof;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks an adapter with one planted bug, and names the contract tests that catch it. */
@Retention(RUNTIME)
@Target(TYPE)
@interface CaughtBy {

  /** The names of test methods of the contract; other test methods may fail too. */
  String[] value();
}
