/**
 * The base URL of the server and the links in answers.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.adapter.http.link;

import org.jspecify.annotations.NullMarked;
