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
 * @param load gets an AbortSignal, a function that shows a part of the value as long as there is no
 *     complete one, and a function that shows a value which will change; returns a promise
 * @param inputs what the value depends on; a list that is shown in parts needs another `key` of its
 *     component instead
 * @returns `{value, error, loading, reload}`; `value` stays while it is loaded again
 */
export function useLoaded(load, inputs) {
  const [state, setState] = useState({ loading: true });
  const [count, setCount] = useState(0);
  const isComplete = useRef(false);
  const latest = useRef(load);
  latest.current = load;
  useEffect(() => {
    const aborter = new AbortController();
    const show = change => {
      if (!aborter.signal.aborted) {
        setState(before => ({ ...before, ...change }));
      }
    };
    const showPart = value => isComplete.current || show({ value });
    const loaded = value => {
      isComplete.current = true;
      show({ value, loading: false });
    };
    show({ loading: true, error: null });
    latest
      .current(aborter.signal, showPart, value => show({ value }))
      .then(loaded, error => show({ error, loading: false }));
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

/** Calls a function again and again while the page is visible, and when it becomes visible. */
export function useRepeated(act, milliseconds) {
  const latest = useRef();
  latest.current = act;
  useEffect(() => {
    const actIfVisible = () => document.visibilityState === 'visible' && latest.current();
    const timer = setInterval(actIfVisible, milliseconds);
    document.addEventListener('visibilitychange', actIfVisible);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', actIfVisible);
    };
  }, [milliseconds]);
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

/** Returns a promise that is settled as another one, or rejected when `signal` aborts before. */
export function abortable(promise, signal) {
  const settled = new AbortController();
  return new Promise((resolve, reject) => {
    promise.then(resolve, reject);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: settled.signal });
  }).finally(() => settled.abort());
}

/** Returns a promise that is fulfilled after a time, or rejected when `signal` aborts before. */
export function delay(milliseconds, signal) {
  return abortable(new Promise(resolve => setTimeout(resolve, milliseconds)), signal);
}
