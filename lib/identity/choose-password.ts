import 'server-only'
import { hashPassword } from '#lib/adapters/passwords/passwords'
import { isEasyToGuess } from '#lib/adapters/passwords/strength'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'

/**
 * Checks a password that somebody chooses, and hashes it.
 * @param input.own words that others know of them: name, address, school
 * @returns a PHC text @throws AppError 'invalid_input' for one of the first that anybody would try
 */
export async function choosePassword(
  input: Readonly<{ password: string; own: readonly string[]; locale: string; field?: string }>,
): Promise<string> {
  const { password, own, locale, field = 'password' } = input
  if (isEasyToGuess(password, own)) {
    throw new AppError('invalid_input', 'The password is easy to guess.', {
      fields: { [field]: translator(locale, 'tries')('easyPassword') },
    })
  }
  return hashPassword(password)
}
