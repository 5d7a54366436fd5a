package io.storageconnections.application.contract.proof;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Marks an adapter that is right but for one thing, and names the contract tests that tell. */
@Retention(RUNTIME)
@Target(TYPE)
@interface CaughtBy {

  /** Methods of the contract; others may fail too. */
  String[] value();
}
