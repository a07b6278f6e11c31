import { AppError } from '#lib/errors'

/**
 * Lets `atOnce` pieces of work run and the others wait, first come, first served.
 * @param waiting how many may wait; each holds what it works on in memory
 * @returns runs a piece of work in its turn; AppError 'rate_limited' when too many wait
 */
export function turns(atOnce: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new AppError('rate_limited', 'Too many pictures wait to be decoded.')
      // Who ends hands its place on, so `running` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running += 1
    try {
      return await work()
    } finally {
      const next = queue.shift()
      if (next === undefined) running -= 1
      else next()
    }
  }
}
