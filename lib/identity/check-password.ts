import 'server-only'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPassword } from '#lib/adapters/passwords/passwords'
import { type SignInTry, takeBackSignIn } from './tries'
import type { Unit } from './unit'

/**
 * Checks a password whose try was counted, once it is its turn. A try that couldn't be checked is taken back: it says
 * nothing about who sent it.
 * @param stored null for somebody who isn't there; it takes as long @throws AppError 'unavailable'
 */
export async function checkPassword(
  unit: Unit,
  tried: SignInTry,
  input: Readonly<{ stored: string | null; password: string }>,
): Promise<boolean> {
  await sleep(tried.hold * 1_000)
  try {
    return await isPassword(input.stored, input.password)
  } catch (error) {
    await unit((db) => takeBackSignIn(db, tried))
    throw error
  }
}
