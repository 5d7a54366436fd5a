/** The user's token. It is only in the memory of this page: never in a cookie or in a storage. */
import { configuration } from './configuration.js';
import { returnTo } from './router.js';
import { observable } from './state.js';

/** What must survive the visit to the issuer: the code verifier and the place to return to. */
const PENDING = 'storage-connections.sign-in';

/** A token is renewed so many milliseconds before it expires. */
const RENEWED_BEFORE_MS = 60_000;

/** After so many milliseconds an issuer that could not be reached is asked again. */
const RENEWED_AGAIN_MS = 30_000;

let current = null;

/** Counts the users who have signed in one after the other, so that no request of one is sent for another. */
let signIns = 0;
let renewal = null;
let waiting = [];

/** `signedOut`, `signedIn`, or `expired`: then requests wait until the user signs in again. */
const status = observable('signedOut');

/** Why the server refused the last token; null if it did not. */
const refusal = observable(null);

/**
 * Takes a token response of an issuer.
 *
 * @param refreshOf gets the response; returns a function that requests the next one, or nothing if
 *     the issuer does not allow that
 */
function take(answer, name, refreshOf) {
  if (typeof answer.access_token !== 'string') {
    throw new Error('access_token');
  }
  const life = answer.expires_in * 1000;
  current = {
    token: answer.access_token,
    name: name ?? nameIn(answer.access_token),
    refreshOf,
    refresh: refreshOf(answer),
    isAccepted: false,
    renewAt: life > 0 ? Date.now() + Math.max(life - RENEWED_BEFORE_MS, life / 2) : Infinity,
  };
  refusal.set(null);
  status.set('signedIn');
  waiting.forEach(({ resolve }) => resolve());
  waiting = [];
}

/** Returns the name that a token is shown with: the page does not verify the token. */
function nameIn(token) {
  try {
    const payload = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), character => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes));
    return claims.preferred_username ?? claims.email ?? claims.sub ?? '';
  } catch {
    return '';
  }
}

async function tokenRequest(endpoint, parameters, authorization) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: authorization ? { authorization } : {},
    body: new URLSearchParams(parameters),
    credentials: 'omit',
    cache: 'no-store',
  });
  const body = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    const reason = body.error?.message ?? body.error_description ?? body.error ?? answer.status;
    throw Object.assign(new Error(String(reason)), { status: answer.status });
  }
  return body;
}

/** Signs in at the development issuer, which accepts every name. */
async function signInForDevelopment(name) {
  const request = () =>
    tokenRequest(
      '/connect/token',
      { grant_type: 'client_credentials', scope: configuration.scope },
      `Basic ${btoa(`${encodeURIComponent(name)}:any`)}`);
  take(await request(), name, () => request);
}

/** Leaves the page for the issuer's, which sends the browser back with a code. */
async function beginAtIssuer() {
  if (!crypto.subtle) {
    throw new Error('insecure');
  }
  const endpoints = await discovered();
  const verifier = base64Url(crypto.getRandomValues(new Uint8Array(32)));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const state = base64Url(crypto.getRandomValues(new Uint8Array(16)));
  sessionStorage.setItem(PENDING, JSON.stringify({ verifier, state, place: location.hash }));
  const target = new URL(endpoints.authorization_endpoint);
  for (const [name, value] of Object.entries({
    client_id: configuration.clientId,
    redirect_uri: redirectUri(),
    response_type: 'code',
    scope: scopeAt(endpoints),
    code_challenge: base64Url(new Uint8Array(digest)),
    code_challenge_method: 'S256',
    state,
  })) {
    target.searchParams.set(name, value);
  }
  location.assign(target);
}

/** Completes a sign-in if the issuer has sent the browser here. Throws its refusal. */
async function completeFromIssuer() {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('code') && !answer.has('error')) {
    return;
  }
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? 'null');
  sessionStorage.removeItem(PENDING);
  returnTo(pending?.place ?? '');
  if (!pending || pending.state !== answer.get('state')) {
    throw new Error('state');
  }
  if (answer.has('error')) {
    throw new Error(answer.get('error_description') ?? answer.get('error'));
  }
  const { token_endpoint: endpoint, issuer } = await discovered();
  if (answer.has('iss') && answer.get('iss') !== issuer) {
    throw new Error('state');
  }
  const client = { client_id: configuration.clientId };
  const refreshOf = ({ refresh_token: refreshToken }) =>
    refreshToken &&
    (async () => {
      const renewed = await tokenRequest(endpoint, {
        ...client,
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
      return { refresh_token: refreshToken, ...renewed };
    });
  const tokens = await tokenRequest(endpoint, {
    ...client,
    grant_type: 'authorization_code',
    code: answer.get('code'),
    code_verifier: pending.verifier,
    redirect_uri: redirectUri(),
  });
  take(tokens, null, refreshOf);
}

/**
 * Returns the scope to ask an issuer for: without the names that it says it does not know, because
 * the policy of the server may also name roles. Two names are asked for in any case.
 */
function scopeAt({ scopes_supported: known }) {
  const required = ['openid', 'itwin-platform'];
  return configuration.scope
    .split(' ')
    .filter(name => !known || known.includes(name) || required.includes(name))
    .join(' ');
}

function redirectUri() {
  return `${location.origin}/console`;
}

async function discovered() {
  const issuer = configuration.issuer.replace(/\/$/, '');
  const answer = await fetch(`${issuer}/.well-known/openid-configuration`, { credentials: 'omit' });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${issuer}`);
  }
  return answer.json();
}

function base64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/**
 * Replaces a token that the server refuses: silently if `mayBeSilent` and the issuer allows, else
 * the user signs in again while the request waits. Rejected if the user signs out.
 *
 * @param message the words of the refusal
 */
async function renew(refused, message, mayBeSilent, signal) {
  if (current?.token !== refused) {
    return;
  }
  if (mayBeSilent && (await renewedSilently())) {
    return;
  }
  refusal.set(message);
  if (status.get() === 'signedIn') {
    status.set('expired');
  }
  const aborter = new AbortController();
  await new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: aborter.signal });
  }).finally(() => aborter.abort());
}

async function renewedSilently() {
  if (!current?.refresh) {
    return false;
  }
  const { refresh, name, refreshOf } = current;
  renewal ??= refresh().finally(() => (renewal = null));
  try {
    const answer = await renewal;
    if (current?.refresh === refresh) {
      take(answer, name, refreshOf);
    }
    return true;
  } catch (failure) {
    if (current?.refresh === refresh) {
      if (failure.status >= 400 && failure.status < 500) {
        current.refresh = null;
        current.renewAt = Infinity;
      } else {
        current.renewAt = Date.now() + RENEWED_AGAIN_MS;
      }
    }
    return false;
  }
}

setInterval(() => {
  if (current && Date.now() > current.renewAt) {
    renewedSilently();
  }
}, 5_000);

function signedOut() {
  return new DOMException('signed out', 'AbortError');
}

export const session = {
  status,
  refusal,
  token: () => current?.token ?? '',
  name: () => current?.name ?? '',
  renew,
  signInForDevelopment,
  beginAtIssuer,
  completeFromIssuer,
  /** Remembers that the server has accepted a token once. */
  accept(token) {
    if (current?.token === token) {
      current.isAccepted = true;
    }
  },
  /** Tells whether the server has accepted the token once, so that a refusal means that it has expired. */
  isAccepted: () => Boolean(current?.isAccepted),
  /** Uses a token that the user has pasted. */
  paste(token) {
    const text = token.trim().replace(/^Bearer\s+/i, '');
    if (!/^[\x21-\x7e]+$/.test(text)) {
      throw new Error('paste');
    }
    take({ access_token: text }, null, () => null);
  },
  /** Returns a number that changes when the user signs out. */
  signInCount: () => signIns,
  /** Throws if the user who had signed in has signed out. */
  requireSame(count) {
    if (count !== signIns) {
      throw signedOut();
    }
  },
  signOut() {
    signIns++;
    current = null;
    refusal.set(null);
    waiting.forEach(({ reject }) => reject(signedOut()));
    waiting = [];
    status.set('signedOut');
  },
};
