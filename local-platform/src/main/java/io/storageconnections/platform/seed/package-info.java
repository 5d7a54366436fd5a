/** Reading seeds: the members of the document, their rules, and all problems at once. Internal. */
@NullMarked
package io.storageconnections.platform.seed;

import org.jspecify.annotations.NullMarked;
