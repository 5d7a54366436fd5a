/**
 * JMH benchmarks of the code that every request runs. They measure and assert nothing. A benchmark
 * that needs package-private classes of a module is in the package of these classes.
 */
@NullMarked
package io.storageconnections.benchmarks;

import org.jspecify.annotations.NullMarked;
