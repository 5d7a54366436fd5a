/**
 * The public URLs of the server and of related APIs, and the links in answers. {@link
 * io.storageconnections.adapter.http.link.Links} and {@link
 * io.storageconnections.adapter.http.link.BaseUrl} are public API.
 */
@NullMarked
package io.storageconnections.adapter.http.link;

import org.jspecify.annotations.NullMarked;
