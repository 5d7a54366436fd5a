/** An application with the starter. */
@NullMarked
package com.example.springbootstarter;

import org.jspecify.annotations.NullMarked;
