/**
 * Metrics of a server, with Micrometer, for Prometheus. The rest of the project does not know
 * Micrometer: it calls the methods of {@link io.storageconnections.adapter.metrics.ServerMetrics},
 * or is decorated by them.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version. The names and tags of the metrics are part of the API.
 */
@NullMarked
package io.storageconnections.adapter.metrics;

import org.jspecify.annotations.NullMarked;
