/** State that several parts of the page share, and state that comes from requests. */
import { useEffect, useRef, useState } from './html.js';

/** Returns a holder of a value that tells its subscribers of each change. */
export function observable(value) {
  const subscribers = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      subscribers.forEach(subscriber => subscriber(next));
    },
    subscribe(subscriber) {
      subscribers.add(subscriber);
      return () => subscribers.delete(subscriber);
    },
  };
}

/** Returns the value of an observable, and renders the component again when it changes. */
export function useObserved(observed) {
  const [, render] = useState(0);
  const rendered = observed.get();
  useEffect(() => {
    // The value may have changed between the rendering and this subscription.
    if (observed.get() !== rendered) {
      render(count => count + 1);
    }
    return observed.subscribe(() => render(count => count + 1));
  }, [observed]);
  return rendered;
}

/**
 * Loads a value when the component appears and whenever `inputs` change.
 *
 * @param load gets an AbortSignal and a function that shows a value that is not complete yet;
 *     returns a promise
 * @returns `{value, error, loading, reload}`; `value` stays while it is loaded again
 */
export function useLoaded(load, inputs) {
  const [state, setState] = useState({ loading: true });
  const [count, setCount] = useState(0);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const aborter = new AbortController();
    const show = change => {
      if (!aborter.signal.aborted) {
        setState(before => ({ ...before, ...change }));
      }
    };
    show({ loading: true, error: null });
    latest
      .current(aborter.signal, value => show({ value }))
      .then(value => show({ value, loading: false }), error => show({ error, loading: false }));
    return () => aborter.abort();
  }, [count, ...inputs]);
  return { ...state, reload: () => setCount(before => before + 1) };
}

/** Returns the present time in milliseconds; renders again every second while `running`. */
export function useNow(running) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    if (running) {
      const timer = setInterval(() => setNow(Date.now()), 1000);
      return () => clearInterval(timer);
    }
  }, [running]);
  return now;
}

/** Returns whether a media query matches, and renders again when that changes. */
export function useMedia(query) {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const changed = () => setMatches(list.matches);
    changed();
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [query]);
  return matches;
}

/** A text in the browser's local storage, which may be unavailable. Never a token. */
export const remembered = {
  read(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(`storage-connections.${key}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  write(key, value) {
    try {
      localStorage.setItem(`storage-connections.${key}`, JSON.stringify(value));
    } catch {
      // The browser allows no local storage; the page works without it.
    }
  },
};

/** Returns a promise that is fulfilled after a time, or rejected when `signal` aborts. */
export function delay(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const aborted = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', aborted);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', aborted, { once: true });
  });
}
