/** Input that survives when its dialog disappears because the user looks at another page. */
import { useEffect, useRef, useState } from '../html.js';
import { session } from '../session.js';

const drafts = new Map();

/**
 * Returns a state as `useState` does, and a function that forgets it. It begins with what the same
 * user has entered under the same key before.
 */
export function useDraft(key, initial) {
  const own = `${session.signInCount()}/${key}`;
  const [value, setValue] = useState(drafts.get(own) ?? initial);
  const isForgotten = useRef(false);
  useEffect(() => {
    if (!isForgotten.current) {
      drafts.set(own, value);
    }
  }, [value]);
  const forget = () => {
    isForgotten.current = true;
    drafts.delete(own);
  };
  return [value, setValue, forget];
}
