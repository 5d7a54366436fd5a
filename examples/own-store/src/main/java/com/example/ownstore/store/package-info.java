/** The store of the application. */
@NullMarked
package com.example.ownstore.store;

import org.jspecify.annotations.NullMarked;
