/**
 * Where input is judged: Jakarta constraints on the requests, the one constraint of our own, and
 * the class that collects everything that is wrong, in document order.
 */
@NullMarked
package io.storageconnections.application.validation;

import org.jspecify.annotations.NullMarked;
