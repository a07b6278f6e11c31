/** Characters of what a grader writes to one answer. Apart from the contract, whose parser no browser needs. */
export const COMMENT_MAX = 10_000
