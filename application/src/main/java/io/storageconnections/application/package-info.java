/**
 * The use cases, grouped by subject in the packages below. They know neither HTTP nor SQL nor
 * access tokens. {@link io.storageconnections.application.UseCases} creates all of them.
 *
 * <p>Stability: from 1.0.0 on, public types here change incompatibly only with a new major version;
 * until then, with any version.
 */
@NullMarked
package io.storageconnections.application;

import org.jspecify.annotations.NullMarked;
