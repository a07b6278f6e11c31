import 'server-only'
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

let estimator: ZxcvbnFactory | undefined

/**
 * Whether a password would be among the first that somebody tries: one of the well-known ones, a pattern on a
 * keyboard, or made of the person's own name and address.
 * @param own words that others know of the person and the school
 */
export function isEasyToGuess(password: string, own: readonly string[]): boolean {
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })
  // Its time grows with the length; what is long enough to take long isn't easy to guess.
  const { score } = estimator.check(password.slice(0, 64), [...own])
  return score < 2
}
