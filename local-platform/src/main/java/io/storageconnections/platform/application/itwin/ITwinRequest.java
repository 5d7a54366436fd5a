package io.storageconnections.platform.application.itwin;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An iTwin as a request describes it, not yet validated: any member may be null or malformed.
 *
 * @param present the names of the members that the request has, also those that are null
 * @param mistyped the members that have another JSON type than documented; they are null
 */
public record ITwinRequest(
    @Nullable String iTwinClass,
    @Nullable String subClass,
    @Nullable String displayName,
    @Nullable String number,
    @Nullable String type,
    @Nullable String geographicLocation,
    @Nullable String ianaTimeZone,
    @Nullable String dataCenterLocation,
    @Nullable String status,
    @Nullable String parentId,
    Set<String> present,
    Set<String> mistyped) {}
