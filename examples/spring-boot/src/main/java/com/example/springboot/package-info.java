/** A service that has HTTP, users, tables and transactions of its own. */
@NullMarked
package com.example.springboot;

import org.jspecify.annotations.NullMarked;
