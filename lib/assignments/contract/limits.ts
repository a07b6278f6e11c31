/** What both the browser and the server go by, without the parsers beside it. */

/** Files that one version has. */
export const FILES_MAX = 5
/** Of one file; bytes. */
export const FILE_BYTES_MAX = 50_000_000
