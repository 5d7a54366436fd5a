/** An application that creates its own tables with Flyway. */
@NullMarked
package com.example.springbootflyway;

import org.jspecify.annotations.NullMarked;
