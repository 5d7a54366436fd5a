/**
 * The pages that describe the API: the OpenAPI document and its viewer. Internal to this module.
 */
@NullMarked
package io.storageconnections.adapter.http.docs;

import org.jspecify.annotations.NullMarked;
