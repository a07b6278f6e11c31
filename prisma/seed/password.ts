/** What everybody in the demo world signs in with. */
export const DEMO_PASSWORD = 'smartlms-demo'

/**
 * Argon2id of it (19 MiB, 2 passes, 1 lane). A constant, because a salt drawn anew would change every row on every
 * run, and because hashing is the slowest thing the seed could do. tests/seed computes it again.
 */
export const DEMO_PASSWORD_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$mztS+touDKdoUpYTEJKxDw$bI8pIqDYUmTgAb5B9EnoqQD3qn62sx0hlF22N84eo4g'
