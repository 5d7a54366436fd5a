package io.storageconnections.platform.domain.storage;

import java.util.UUID;

/**
 * One version of the content of a file. It never changes: new bytes are a new version. Immutable.
 *
 * @param id the id of the version, which is also that of its blob
 * @param size the number of bytes
 * @param sha256 the SHA-256 hash of the bytes, as 64 hexadecimal digits in lower case
 */
public record Content(UUID id, long size, String sha256) {}
