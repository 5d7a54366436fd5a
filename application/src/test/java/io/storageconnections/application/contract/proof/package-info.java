/**
 * Proves the contracts: adapters that are right keep them, and adapters that are right but for one
 * thing break them. Whoever wonders what a contract test is good for finds the bugs it caught here.
 */
@NullMarked
package io.storageconnections.application.contract.proof;

import org.jspecify.annotations.NullMarked;
