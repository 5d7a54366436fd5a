/** Requests to the public API with the user's token. Nothing else in the console sends requests to it. */
import { configuration } from './configuration.js';
import { abortable, delay, observable } from './state.js';
import { session } from './session.js';
import { text } from './text.js';

const READS = new Set(['GET', 'HEAD']);
const ATTEMPTS = 4;

/** So often a read is repeated whose request fails although the server answers that it lives. */
const OUTAGES = 3;

const RUN = /\/runs\/[^/]+$/;

/** A variable in the path of a request that is only shown. Other paths have none: their values are encoded. */
const VARIABLE = /\$[A-Z_]+/;

/** Azure's blob storage, which a platform uses for the content of files, requires this header. */
export const BLOCK_BLOB = { 'x-ms-blob-type': 'BlockBlob' };
const OUTAGE_WAIT_MS = [500, 1000, 2000, 4000, 5000];

/** Whether the server answers. Reads wait while it does not; changes fail at once. */
export const reachable = observable(true);

/** The end of the present outage; null if there is none. */
let outage = null;

/** A refusal of the API, or its absence (status 0). */
export class ApiError extends Error {
  constructor(status, body, headers) {
    super(String(body?.error?.message ?? text.errors.status(status)));
    this.status = status;
    this.code = body?.error?.code ?? '';
    this.details = body?.error?.details ?? [];
    this.correlationId = headers?.get('x-correlation-id') ?? null;
  }

  /** Returns the API's own words for one place of the request body, such as `/displayName`. */
  at(pointer) {
    return this.details.filter(detail => detail.pointer === pointer);
  }

  /** Returns the details that concern none of these places. */
  elsewhere(pointers) {
    return this.details.filter(detail => !pointers.includes(detail.pointer));
  }
}

/**
 * Sends a request. A read is repeated while the server is not reachable or asks to try later; a
 * request that is refused for want of a valid token is repeated once the user has signed in again.
 *
 * @param request `{method, path, query, headers, body, base, isText}`; only `path` is required.
 *     `isText` tells that the answer is a text, and not JSON
 * @returns `{status, body, headers, location}` of an answer below 400
 * @throws ApiError for every other answer, and if there is none
 * @throws DOMException `AbortError` if `signal` aborts, or the user signs out before the answer
 */
export async function send(request, signal) {
  const signIn = session.signInCount();
  const answer = await exchange(request, signIn, signal);
  session.requireSame(signIn);
  return answer;
}

async function exchange(request, signIn, signal) {
  let refusals = 0;
  let outages = 0;
  for (let attempt = 1; ; ) {
    session.requireSame(signIn);
    const token = session.token();
    let response;
    let body;
    try {
      response = await fetch(url(request), {
        method: request.method ?? 'GET',
        headers: headers(request, token),
        body: request.body === undefined ? undefined : JSON.stringify(request.body),
        signal,
        cache: 'no-store',
        credentials: 'omit',
      });
      body = await content(response);
    } catch (failure) {
      signal?.throwIfAborted();
      // Another server has an outage of its own, or its policy or that of this page forbids the request.
      if (request.base) {
        throw noAnswer(text.errors.platform(request.base));
      }
      if (!isRead(request)) {
        throw noAnswer(text.errors.unknownOutcome);
      }
      if (++outages > OUTAGES) {
        throw noAnswer(text.errors.blocked);
      }
      await untilReachable(signal);
      continue;
    }
    outages = 0;
    if (!request.base) {
      reachable.set(true);
    }
    if (response.redirected && !isRead(request)) {
      // Only the start of a run redirects: to the live run. The browser has read it, perhaps without the token.
      if (!RUN.test(new URL(response.url).pathname)) {
        throw noAnswer(text.errors.anotherServer);
      }
      return { status: 303, body: null, headers: response.headers, location: response.url };
    }
    if (response.status !== 401) {
      session.accept(token);
    } else {
      const message = body?.error?.message ?? text.errors.status(401);
      await session.renew(token, message, refusals++ === 0, signal);
      continue;
    }
    if ([429, 503].includes(response.status) && isRead(request) && attempt < ATTEMPTS) {
      const seconds = Number(response.headers.get('retry-after')) || attempt;
      attempt++;
      await delay(Math.min(seconds, 30) * 1000, signal);
      continue;
    }
    if (response.status >= 400) {
      throw new ApiError(response.status, body, response.headers);
    }
    if (!request.isText && body !== '' && (body === null || typeof body !== 'object')) {
      throw noAnswer(text.errors.anotherServer);
    }
    return { status: response.status, body, headers: response.headers, location: response.headers.get('location') };
  }
}

function isRead(request) {
  return READS.has(request.method ?? 'GET');
}

/** Returns an error without an answer of the API. */
function noAnswer(message) {
  return new ApiError(0, { error: { message } });
}

/** Waits until the server answers. All requests wait for one poll, which continues if they are cancelled. */
function untilReachable(signal) {
  reachable.set(false);
  outage ??= alive().finally(() => (outage = null));
  return abortable(outage, signal);
}

async function alive() {
  for (let failures = 0; ; failures++) {
    await delay(OUTAGE_WAIT_MS[Math.min(failures, OUTAGE_WAIT_MS.length - 1)]);
    try {
      const answer = await fetch('/health/live', { cache: 'no-store' });
      if (answer.ok) {
        reachable.set(true);
        return;
      }
    } catch {
      // The server does not answer yet.
    }
  }
}

async function content(response) {
  const type = response.headers.get('content-type') ?? '';
  const body = await response.text();
  return type.includes('json') && body !== '' ? parsed(body) : body;
}

function url({ base, path, query }) {
  const parameters = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '');
  const suffix = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  return `${base ?? ''}${path}${suffix ? `?${suffix}` : ''}`;
}

function headers(request, token) {
  return {
    ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    ...request.headers,
    authorization: `Bearer ${token}`,
  };
}

/**
 * Returns a shell command that sends the same request, with the token in `$TOKEN`.
 *
 * @param request as for `send`; its path may have variables of the shell, such as `$FILE_ID`. `file`
 *     is the name of the file to send, and `isAnonymous` whether the request needs no token.
 */
export function asCurl(request) {
  const target = url({ base: request.base ?? location.origin, path: request.path, query: request.query });
  const method = request.method ?? 'GET';
  const words = ['curl', '-i'];
  if (method !== 'GET') {
    words.push('-X', method);
  }
  words.push(VARIABLE.test(target) ? `"${target}"` : quoted(target));
  if (!request.isAnonymous) {
    words.push('-H', '"Authorization: Bearer $TOKEN"');
  }
  if (request.body !== undefined) {
    words.push('-H', quoted('Content-Type: application/json'));
  }
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    words.push('-H', quoted(`${name}: ${value}`));
  }
  if (request.body !== undefined) {
    words.push('-d', quoted(JSON.stringify(request.body)));
  }
  if (request.file !== undefined) {
    // So that curl reads the name as a path, and not as a pattern, an option or its standard input.
    words.push('-g', '-T', quoted(`./${request.file}`));
  }
  return words.join(' ');
}

function quoted(value) {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

/** Reads all pages of a list; calls `show` with what is known after each page. */
export async function all(request, member, signal, show = () => {}) {
  const found = [];
  for (;;) {
    const query = { ...request.query, $top: request.top ?? 1000, $skip: found.length };
    const { body } = await send({ ...request, query }, signal);
    found.push(...body[member]);
    if (!body._links?.next || body[member].length === 0) {
      return found;
    }
    show([...found]);
  }
}

/** Uploads the content of a file to a signed URL; calls `progress` with a number from 0 to 1. */
export function upload(target, file, progress, signal) {
  signal.throwIfAborted();
  const { origin, pathname, search } = new URL(target);
  const own = origin === new URL(configuration.publicUrl).origin;
  const address = own ? `${location.origin}${pathname}${search}` : target;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', address);
    if (!own) {
      Object.entries(BLOCK_BLOB).forEach(([name, value]) => request.setRequestHeader(name, value));
    }
    request.upload.onprogress = event => progress(event.total ? event.loaded / event.total : 0);
    request.onload = () =>
      request.status < 300 ? resolve() : reject(new ApiError(request.status, parsed(request.responseText)));
    request.onerror = () => reject(noAnswer(text.errors.interrupted));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
