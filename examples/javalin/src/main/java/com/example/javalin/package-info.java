/** A host that has its own routes, callers and error handlers. */
@NullMarked
package com.example.javalin;

import org.jspecify.annotations.NullMarked;
