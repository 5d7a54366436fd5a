/** Text from callers and issuers, made safe for the log. Internal to this module. */
@NullMarked
package io.storageconnections.adapter.auth.log;

import org.jspecify.annotations.NullMarked;
