/** An application that keeps connections in its own store. */
@NullMarked
package com.example.ownstore;

import org.jspecify.annotations.NullMarked;
