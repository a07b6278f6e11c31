/** Which names a learner may go by on a leaderboard. */

export const NICKNAME = { least: 2, most: 30 } as const

/** Letters of any script, digits, and what stands between them. No signs that make an address, a mark-up or a picture. */
const LETTERS = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._'’-]*$/u

export type NicknameFault = 'short' | 'long' | 'letters'

/** A nickname as it is kept, or why it can't be one. Spaces at its ends and double ones don't count. */
export function nicknameOf(typed: string): Readonly<{ nickname: string } | { fault: NicknameFault }> {
  const nickname = typed.normalize('NFKC').trim().replaceAll(/\s+/g, ' ')
  const { length } = [...nickname]
  if (length < NICKNAME.least) return { fault: 'short' }
  if (length > NICKNAME.most) return { fault: 'long' }
  return LETTERS.test(nickname) && !/\.\p{L}{2,}/u.test(nickname) ? { nickname } : { fault: 'letters' }
}
