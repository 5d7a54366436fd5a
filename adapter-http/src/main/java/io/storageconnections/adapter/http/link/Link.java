package io.storageconnections.adapter.http.link;

/**
 * Leads to something.
 *
 * @param href an absolute URL
 */
public record Link(String href) {}
