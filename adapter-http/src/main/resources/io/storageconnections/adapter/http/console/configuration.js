/** The facts about this server that the page needs before the user has signed in. */

/**
 * Whether the server has a development issuer; else its issuer, the client id of the console there,
 * and the scope to ask for. The URL of the iTwin Platform, null if the server itself has iTwins,
 * iModels and Storage. The base URL of the links in its answers, and its version.
 */
export const configuration = await fetch('/console/configuration.json').then(answer => answer.json());
