/** The facts about this server that the page needs before the user has signed in. */
import { text } from './text.js';

const READ_AGAIN_MS = 2000;

/** Reads the facts. Until the server answers, the page says that it cannot be reached. */
async function read() {
  for (;;) {
    try {
      const answer = await fetch('/console/configuration.json', { cache: 'no-cache' });
      if (answer.ok) {
        return await answer.json();
      }
    } catch {
      // The server does not answer. The page tells that below.
    }
    document.getElementById('console').textContent = text.unreachable;
    await new Promise(resolve => setTimeout(resolve, READ_AGAIN_MS));
  }
}

/**
 * Whether the server has a development issuer; else its issuer, the client id of the console there,
 * and the scope to ask for. The URL of the iTwin Platform, null if the server itself has iTwins,
 * iModels and Storage. The base URL of the links in its answers, and its version.
 */
export const configuration = await read();
