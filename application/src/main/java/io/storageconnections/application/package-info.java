/**
 * The use cases: what happens between a request and its outcome, without a word about HTTP, SQL or
 * tokens. {@link io.storageconnections.application.UseCases} is the door; everything else here is
 * private.
 */
@NullMarked
package io.storageconnections.application;

import org.jspecify.annotations.NullMarked;
