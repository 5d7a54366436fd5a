package io.storageconnections.platform.domain.itwin;

import io.storageconnections.domain.connection.ITwinId;
import org.jspecify.annotations.Nullable;

/**
 * The properties of an iTwin that callers choose. Texts have at most 255 characters.
 *
 * @param displayName the name; need not be unique
 * @param number the number; unique among the iTwins of the subclass
 * @param type an open-ended refinement of the subclass
 * @param parent the iTwin above; null if there is none
 */
public record ITwinProperties(
    ITwinSubClass subClass,
    String displayName,
    String number,
    @Nullable String type,
    @Nullable String geographicLocation,
    @Nullable String ianaTimeZone,
    @Nullable String dataCenterLocation,
    ITwinStatus status,
    @Nullable ITwinId parent) {}
