package io.storageconnections.adapter.http;

/**
 * Leads to something.
 *
 * @param href an absolute URL
 */
record Link(String href) {}
