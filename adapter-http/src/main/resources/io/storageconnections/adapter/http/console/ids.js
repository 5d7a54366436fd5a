/** The two forms of ids: GUIDs of iModels, runs and tasks, and 43 characters of connections and files. */
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const COMPOUND_ID = /^[\w-]{43}$/;

export const isGuid = text => GUID.test(text);
export const isCompoundId = text => COMPOUND_ID.test(text);

/** Returns a sentence of the API with the ids of files replaced by their names. */
export const withNames = (sentence, nameOf) => sentence.replace(/[\w-]{43}/g, nameOf);
