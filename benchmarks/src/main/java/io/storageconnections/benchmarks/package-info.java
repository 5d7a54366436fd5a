/**
 * Benchmarks of the hot pieces, with JMH. They measure and assert nothing; what needs the inside of
 * a module is in a package of that module's name.
 */
@NullMarked
package io.storageconnections.benchmarks;

import org.jspecify.annotations.NullMarked;
