/** An application of Spring Boot 3. */
@NullMarked
package com.example.springboot3;

import org.jspecify.annotations.NullMarked;
