/** What the browser knows of the bank's forms without their parsers. */

/** Questions that are taken from the bank at once. */
export const PICK_MAX = 50

export const FORMATS = ['gift', 'csv'] as const
export type Format = (typeof FORMATS)[number]
