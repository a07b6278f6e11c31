import { _createCache, _createIntlFormatters, createFormatter, createTranslator } from 'use-intl/core'
import type { NamespaceKeys, NestedKeyOf } from 'use-intl/core'
import { formattingLocale, shippedLocale, type AppLocale } from './locales'
import base from './messages/en.json'
import account from './messages/en.account.json'
import admin from './messages/en.admin.json'
import announcements from './messages/en.announcements.json'
import assignment from './messages/en.assignment.json'
import assignmentAuthor from './messages/en.assignment-author.json'
import assignmentGrade from './messages/en.assignment-grade.json'
import auth from './messages/en.auth.json'
import awards from './messages/en.awards.json'
import bank from './messages/en.bank.json'
import calendar from './messages/en.calendar.json'
import classes from './messages/en.classes.json'
import editor from './messages/en.editor.json'
import examAuthor from './messages/en.exam-author.json'
import examGrade from './messages/en.exam-grade.json'
import examRoom from './messages/en.exam-room.json'
import grades from './messages/en.grades.json'
import insight from './messages/en.insight.json'
import learn from './messages/en.learn.json'
import mail from './messages/en.mail.json'
import motivation from './messages/en.motivation.json'
import notes from './messages/en.notes.json'
import notices from './messages/en.notices.json'
import platform from './messages/en.platform.json'
import search from './messages/en.search.json'
import player from './messages/en.player.json'
import teach from './messages/en.teach.json'
import tutor from './messages/en.tutor.json'

/** One file an area, each with namespaces of its own. */
const en = {
  ...base,
  ...account,
  ...admin,
  ...announcements,
  ...assignment,
  ...assignmentAuthor,
  ...assignmentGrade,
  ...auth,
  ...awards,
  ...bank,
  ...calendar,
  ...classes,
  ...editor,
  ...examAuthor,
  ...examGrade,
  ...examRoom,
  ...grades,
  ...insight,
  ...learn,
  ...mail,
  ...motivation,
  ...notes,
  ...notices,
  ...platform,
  ...search,
  ...player,
  ...teach,
  ...tutor,
}

type Messages = typeof en
type Namespace = NamespaceKeys<Messages, NestedKeyOf<Messages>>

const CATALOGUES: Record<AppLocale, Messages> = { en }

/** Parsed messages and Intl objects, kept for the process: making them anew was 40 % of a course page's time. */
const cache = _createCache()
const formatters = _createIntlFormatters(cache)

// A wrong message must be seen in a test, not swallowed: use-intl's default only logs and shows the key.
function fail(error: Error): never {
  throw error
}

type Translator<N extends Namespace> = ReturnType<typeof createTranslator<Messages, N>>

/** By locale and namespace, of which there are a few dozen: making one takes as long as saying ten words with it. */
const made = new Map<string, unknown>()

/** A message without arguments is always the same text: it is looked up and formatted once. */
function remembering<T extends (...given: never) => string>(translate: T): T {
  const known = new Map<unknown, string>()
  return new Proxy(translate, {
    apply: (target, self, given: unknown[]) => {
      const [key] = given
      const text = given.length === 1 ? known.get(key) : undefined
      if (text !== undefined) return text
      const said: unknown = Reflect.apply(target, self, given)
      if (given.length === 1 && typeof said === 'string') known.set(key, said)
      return said
    },
  })
}

/**
 * The texts of one namespace for server components: `const t = translator(brand.locale, 'course')`.
 * A key that the catalogue lacks does not compile; a message without one of its arguments throws when it is rendered.
 */
export function translator<const N extends Namespace>(locale: string, namespace: N): Translator<N> {
  const shipped = shippedLocale(locale)
  const key = `${shipped} ${namespace}`
  const known = made.get(key)
  if (known !== undefined) return known as Translator<N>
  const fresh = remembering(
    createTranslator<Messages, N>({
      locale: shipped,
      messages: CATALOGUES[shipped],
      namespace,
      onError: fail,
      _cache: cache,
      _formatters: formatters,
    }),
  )
  made.set(key, fresh)
  return fresh
}

type Formatter = ReturnType<typeof createFormatter>

/** By locale and time zone, of both of which there are a few hundred in the world. */
const writers = new Map<string, Formatter>()

/** Numbers, dates and lists in the school's language; `timeZone` is an IANA name. */
export function formatter(locale: string, timeZone: string): Formatter {
  const key = `${locale} ${timeZone}`
  const known = writers.get(key)
  if (known !== undefined) return known
  const fresh = createFormatter({
    locale: formattingLocale(locale),
    timeZone,
    onError: fail,
    _formatters: formatters,
  })
  writers.set(key, fresh)
  return fresh
}
