package io.storageconnections.adapter.http.link;

/**
 * A link in the body of an answer. Immutable.
 *
 * @param href an absolute URL
 */
public record Link(String href) {}
