/** A host that has routes, callers and error handlers of its own. */
@NullMarked
package com.example.javalin;

import org.jspecify.annotations.NullMarked;
