/**
 * The use cases of runs: start, list, read, cancel and retry; and the execution of a run by a
 * worker.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.application.run;

import org.jspecify.annotations.NullMarked;
