/** Bytes of each part of a file that is too large for one request, but for its last: proxy.ts takes no larger bodies. */
export const PART_BYTES = 4 * 1024 * 1024
