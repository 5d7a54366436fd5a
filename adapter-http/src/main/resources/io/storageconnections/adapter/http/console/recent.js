/** The iModels that were opened last in this browser: their ids and names, nothing else. */
import { isGuid } from './ids.js';
import { remembered } from './state.js';

const KEY = 'recent-imodels';
const KEPT = 8;

export const recent = {
  list() {
    const entries = remembered.read(KEY, []);
    return Array.isArray(entries) ? entries.filter(entry => isGuid(entry?.id) && typeof entry.name === 'string') : [];
  },
  add(id, name) {
    const others = this.list().filter(entry => entry.id !== id);
    remembered.write(KEY, [{ id, name }, ...others].slice(0, KEPT));
  },
  forget: () => remembered.write(KEY, []),
};
