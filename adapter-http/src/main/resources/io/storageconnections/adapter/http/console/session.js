/** The user's token. It is only in the memory of this page: never in a cookie or in a storage. */
import { configuration } from './configuration.js';
import { returnTo } from './router.js';
import { abortable, observable } from './state.js';

/** What must survive the visit to the issuer: the code verifier and the place to return to. */
const PENDING = 'storage-connections.sign-in';

/** A token is renewed so many milliseconds before it expires. */
const RENEWED_BEFORE_MS = 60_000;

/** After so many milliseconds an issuer that could not be reached is asked again. */
const RENEWED_AGAIN_MS = 30_000;

/** The statuses with which an issuer asks to try again later. */
const TRY_LATER = [408, 429];

let current = null;

/** Counts the users who have signed in one after the other, so that no request of one is sent for another. */
let signIns = 0;
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
  const claims = claimsOf(answer.access_token);
  // Without a readable subject, the token counts as one of the same user.
  const subject = claims.sub ?? current?.subject;
  if (current && subject !== current.subject) {
    endSignIn();
  }
  current = {
    token: answer.access_token,
    subject,
    name: name ?? claims.preferred_username ?? claims.email ?? claims.sub ?? '',
    refreshOf,
    refresh: refreshOf(answer),
    renewal: null,
    isAccepted: false,
    renewAt: life > 0 ? Date.now() + Math.max(life - RENEWED_BEFORE_MS, life / 2) : Infinity,
  };
  refusal.set(null);
  status.set('signedIn');
  waiting.forEach(({ resolve }) => resolve());
  waiting = [];
}

/** Returns the claims of a token, which the page does not verify; none if only its issuer can read it. */
function claimsOf(token) {
  try {
    const payload = token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/');
    const bytes = Uint8Array.from(atob(payload), character => character.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}

async function fetchFromIssuer(url, options) {
  try {
    return await fetch(url, { ...options, credentials: 'omit' });
  } catch {
    throw new Error('unreachable');
  }
}

async function tokenRequest(endpoint, parameters, authorization) {
  const answer = await fetchFromIssuer(endpoint, {
    method: 'POST',
    headers: authorization ? { authorization } : {},
    body: new URLSearchParams(parameters),
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
  const signIn = signIns;
  const answer = await request();
  requireSame(signIn);
  take(answer, name, () => request);
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
  const answer = await fetchFromIssuer(`${issuer}/.well-known/openid-configuration`);
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
 * the user signs in again while the request waits. Rejected if the user signs out, or another user
 * signs in.
 *
 * @param message the words of the refusal
 */
async function renew(refused, message, mayBeSilent, signal) {
  const signIn = signIns;
  if (current?.token !== refused || (mayBeSilent && (await renewedSilently()))) {
    return;
  }
  requireSame(signIn);
  if (current.token !== refused) {
    return;
  }
  refusal.set(message);
  if (status.get() === 'signedIn') {
    status.set('expired');
  }
  const signedInAgain = new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  await abortable(signedInAgain, signal);
}

/** All requests of a user that need another token wait for the same renewal. */
async function renewedSilently() {
  const before = current;
  if (!before?.refresh) {
    return false;
  }
  before.renewal ??= before.refresh();
  try {
    const answer = await before.renewal;
    if (current === before) {
      take(answer, before.name, before.refreshOf);
    }
    return true;
  } catch (failure) {
    before.renewal = null;
    if (failure.status >= 400 && failure.status < 500 && !TRY_LATER.includes(failure.status)) {
      before.refresh = null;
      before.renewAt = Infinity;
    } else {
      before.renewAt = Date.now() + RENEWED_AGAIN_MS;
    }
    return false;
  }
}

setInterval(() => {
  if (current && Date.now() > current.renewAt) {
    renewedSilently();
  }
}, 5_000);

/** Ends what the user has begun: no request of one user is sent for another. */
function endSignIn() {
  signIns++;
  waiting.forEach(({ reject }) => reject(signedOut()));
  waiting = [];
}

/** Throws if the user who had signed in then has signed out, or another user has signed in. */
function requireSame(signIn) {
  if (signIn !== signIns) {
    throw signedOut();
  }
}

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
  /** Returns a number that changes when the user signs out, or another one signs in. */
  signInCount: () => signIns,
  requireSame,
  signOut() {
    endSignIn();
    current = null;
    refusal.set(null);
    status.set('signedOut');
  },
};
