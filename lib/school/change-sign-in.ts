import 'server-only'
import { getSchoolSettings, updateSignIn } from '#lib/db/queries/school'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { translator } from '#lib/i18n/translate'
import type { Changed } from './change-brand'
import { changedOnly, type DomainProblem, MOST_DOMAINS, readDomains } from './rules'

type Input = Readonly<{
  seen: Date
  signUp: 'OPEN' | 'INVITED'
  /** As typed, one a line. */
  mailDomains: string
  staffSecondFactor: boolean
  /** Whether learners may ask the tutor. */
  tutor: boolean
  /** The acting person, as this transaction read them. */
  by: Readonly<{ secondFactor: boolean; locale: string }>
}>

function wordsFor(problem: DomainProblem, locale: string): string {
  const t = translator(locale, 'settings')
  if (problem.kind === 'many') return t('domainsMany', { count: MOST_DOMAINS })
  if (problem.kind === 'format') return t('domainFormat', { domain: problem.domain })
  return t('domainLetters', { domain: problem.domain, ascii: problem.ascii })
}

/**
 * Changes who may join the school, how its staff sign in and whether there is a tutor, from everybody's next request on.
 * @throws AppError 'invalid_input' for what is no mail domain, and for asking staff for a second factor without having
 *   one oneself: whoever asks would be the first to be locked out; 'conflict' when the school was changed meanwhile
 */
export async function changeSignIn(db: TenantDb, input: Input): Promise<Changed> {
  const { seen, signUp, staffSecondFactor, tutor, by } = input
  const { domains, problem } = readDomains(input.mailDomains)
  if (problem !== null) {
    const fields = { mailDomains: wordsFor(problem, by.locale) }
    throw new AppError('invalid_input', `A mail domain was refused: ${problem.kind}.`, { fields })
  }
  if (staffSecondFactor && !by.secondFactor) {
    const fields = { staffSecondFactor: translator(by.locale, 'settings')('ownFirst') }
    throw new AppError('invalid_input', 'Asks for a second factor without having one.', { fields })
  }
  const after = { signUp, mailDomains: domains, staffSecondFactor, tutor }
  const changed = changedOnly(await getSchoolSettings(db), after)
  if (changed !== null) await updateSignIn(db, { ...after, seen })
  return changed
}
