/**
 * What a storage connection is, how its ids are spelt, and when two connections want the same file.
 * Plain Java without a framework: values that check themselves when made and never change
 * afterwards.
 */
@NullMarked
package io.storageconnections.domain.connection;

import org.jspecify.annotations.NullMarked;
