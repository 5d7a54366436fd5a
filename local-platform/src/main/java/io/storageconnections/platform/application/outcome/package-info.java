/**
 * The outcomes of operations: success, or a failure; every failure is declared once. Internal to
 * this module.
 */
@NullMarked
package io.storageconnections.platform.application.outcome;

import org.jspecify.annotations.NullMarked;
