/** The endpoint of the audit trail. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.http.audit;

import org.jspecify.annotations.NullMarked;
