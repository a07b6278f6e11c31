import 'server-only'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { codeOf, type ErrorCode, type FieldErrors, AppError, userText } from '#lib/errors'
import { type AuditEntry, recordAudit } from '#lib/db/queries/audit'
import { type TenantDb, withRealm, withTenant } from '#lib/db/tenant'
import { requestTarget, schoolOfRequest } from '#lib/tenancy/resolve'
import type { School } from '#lib/tenancy/school'
import type { Access } from './access'
import { type Actor, actorId, actorIn, authorize, currentActor } from './actor'
import { type Client, currentClient } from './client'
import { parseStrictly } from './parse'
import { GoTo } from './redirect'
import { noteRoute, reportFailure } from './report'
import { type Realm, realmOfRequest } from './session'

/** What a form's action gives back to its page. */
export type ActionResult<Output> =
  | Readonly<{ ok: true; value: Output }>
  | Readonly<{
      ok: false
      code: ErrorCode
      message: string
      errorId: string
      fields: FieldErrors
      /** What was typed, for a form that was sent without a script: its page is made anew. */
      values?: Typed
    }>

type Shape = z.ZodObject

/** A form's action as React's useActionState calls it. `previous` is what it handed out before, and never trusted. */
export type FormAction<Output> = (previous: unknown, form: FormData) => Promise<ActionResult<Output>>

/** Form data as an object, from what came over the wire; React's own hidden keys of a form sent without JavaScript are taken out first. */
function formValues(form: unknown): Record<string, FormDataEntryValue | FormDataEntryValue[]> {
  if (!(form instanceof FormData)) throw new AppError('invalid_input', 'An action was called without a form.')
  const keys = [...new Set(form.keys())].filter((key) => !key.startsWith('$ACTION_'))
  return Object.fromEntries(
    keys.map((key) => {
      const all = form.getAll(key)
      return [key, all.length > 1 ? all : (all[0] ?? '')]
    }),
  )
}

/** What never goes back to a page: secrets, and what its form carries by itself. */
const KEPT_BACK = /password|token|code|^current$|^\$ACTION|^seen/i

type Typed = Readonly<Record<string, string | readonly string[]>>

/** The texts that somebody typed into a form. */
function typed(form: unknown): Typed {
  if (!(form instanceof FormData)) return {}
  const names = [...new Set(form.keys())].filter((name) => !KEPT_BACK.test(name))
  const entries = names.map((name): [string, string | string[]] => {
    const texts = form.getAll(name).filter((value) => typeof value === 'string')
    return [name, texts.length > 1 ? texts : (texts[0] ?? '')]
  })
  return Object.fromEntries(entries)
}

async function byScript(): Promise<boolean> {
  return (await headers()).get('next-action') !== null
}

/** An action that ends elsewhere: its form's script goes there by itself; a form without one is sent by the browser. */
type Elsewhere = Readonly<{ redirectTo: string }>

async function guarded<Output>(
  id: string,
  form: FormData,
  work: () => Promise<Output>,
): Promise<ActionResult<Output | Elsewhere>> {
  await noteRoute(id)
  let elsewhere: string
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    if (!(error instanceof GoTo)) {
      const code = codeOf(error)
      const errorId = await reportFailure(id, error)
      const fields = error instanceof AppError ? error.fields : {}
      const values = (await byScript()) ? {} : { values: typed(form) }
      return { ok: false, code, message: userText(code), errorId, fields, ...values }
    }
    elsewhere = error.path
  }
  if (!(await byScript())) redirect(elsewhere)
  return { ok: true, value: { redirectTo: elsewhere } }
}

type Context<I extends Shape> = Readonly<{
  db: TenantDb
  school: School
  actor: Actor
  client: Client
  input: z.infer<I>
}>

/**
 * Builds a server action of a school: the actor is checked, the form parsed strictly, `run` and its audit row
 * are one tenant transaction, every failure becomes an `ActionResult`. `run` may throw `GoTo` to end elsewhere,
 * but not before its work: what is thrown rolls it back. Use `then` for where to go.
 */
export function action<I extends Shape, Output>(
  definition: Readonly<{
    id: string
    access: Access
    input: I
    /** What stands in the audit log; `notAudited('reason')` where nothing of the school changes. */
    audit: ((context: Context<I>, output: Output) => AuditEntry | null) | NotAudited
    run: (context: Context<I>) => Promise<Output>
    /** The path to go to once it is done; null stays. */
    then?: (output: Output) => string | null
  }>,
): FormAction<Output | Elsewhere> {
  return (_previous, form) =>
    guarded(definition.id, form, async () => {
      const school = await schoolOfRequest()
      const client = await currentClient()
      const output = await withTenant(school.id, async (db) => {
        const actor = await actorIn(db, { tenantId: school.id, school })
        authorize(definition.access, actor, school.id)
        const input = parseStrictly(definition.input, formValues(form), school.locale)
        const context = { db, school, actor, client, input }
        const done = await definition.run(context)
        const entry = typeof definition.audit === 'function' ? definition.audit(context, done) : null
        if (entry !== null) {
          await recordAudit(db, { ...entry, actorId: actorId(actor), action: definition.id, client })
        }
        return done
      })
      const next = definition.then?.(output) ?? null
      if (next !== null) throw new GoTo(next)
      return output
    })
}

/** One unit of work of an action, in which its actor is still signed in and may still do it. */
export type Unit = <T>(query: (db: TenantDb, actor: Actor) => Promise<T>) => Promise<T>

/** Appends to the audit log in a unit of the action's, under the action's id. */
export type RecordAudit = (
  db: TenantDb,
  entry: AuditEntry & Readonly<{ action?: string; actorId?: string }>,
) => Promise<void>

type RealmContext<I extends Shape> = Readonly<{
  realm: Realm
  actor: Actor
  client: Client
  input: z.infer<I>
  unit: Unit
  record: RecordAudit
  /** BCP 47 tag that texts for this host are written in. */
  locale: string
}>

/**
 * Builds a server action for what people do on their own behalf, on a school's host and on the platform's: signing
 * in, their account. `run` opens its units itself, because hashing and encoding must not hold a connection; each
 * checks the actor again. It returns, or throws `GoTo`.
 */
export function realmAction<I extends Shape, Output>(
  definition: Readonly<{
    id: string
    access: Access
    input: I
    run: (context: RealmContext<I>) => Promise<Output>
  }>,
): FormAction<Output | Elsewhere> {
  return (_previous, form) =>
    guarded(definition.id, form, async () => {
      const realm = await realmOfRequest()
      const own = realm.school?.id ?? null
      const actor = await currentActor()
      authorize(definition.access, actor, own)
      const client = await currentClient()
      const locale = realm.school?.locale ?? 'en'
      const input = parseStrictly(definition.input, formValues(form), locale)
      const unit: Unit = (query) =>
        withRealm(realm.tenantId, async (db) => {
          if (definition.access.kind === 'public') return query(db, actor)
          const now = await actorIn(db, realm)
          authorize(definition.access, now, own)
          return query(db, now)
        })
      const record: RecordAudit = (db, entry) =>
        recordAudit(db, { actorId: actorId(actor), action: definition.id, ...entry, client })
      return definition.run({ realm, actor, client, input, unit, record, locale })
    })
}

export type NotAudited = Readonly<{ notAudited: string }>

/** Says why an action leaves no audit row. */
export function notAudited(reason: string): NotAudited {
  return { notAudited: reason }
}

/**
 * Builds a server action that touches no school's rows and works on every host, for a plain form without JavaScript.
 * A refused one changes nothing and shows the page again.
 */
export function hostAction<I extends Shape>(
  definition: Readonly<{
    id: string
    access: Access
    input: I
    audit: NotAudited
    run: (input: z.infer<I>) => Promise<void>
  }>,
): (form: FormData) => Promise<void> {
  return async (form) => {
    await guarded(definition.id, form, async () => {
      // A closed or unknown school has no page that this could have come from.
      const school = (await requestTarget()).kind === 'root' ? null : await schoolOfRequest()
      authorize(definition.access, await currentActor(), school?.id ?? null)
      await definition.run(parseStrictly(definition.input, formValues(form)))
    })
  }
}

/**
 * Builds a server action of the root host for what the platform does with schools. `run` takes the platform's door
 * itself, which audits what it does.
 */
export function platformAction<I extends Shape, Output>(
  definition: Readonly<{
    id: string
    access: Access
    input: I
    run: (context: Readonly<{ actor: Actor; client: Client; input: z.infer<I> }>) => Promise<Output>
    then?: (output: Output) => string | null
  }>,
): FormAction<Output | Elsewhere> {
  return (_previous, form) =>
    guarded(definition.id, form, async () => {
      if ((await requestTarget()).kind !== 'root')
        throw new AppError('not_found', 'This action lives on the root host.')
      const actor = await currentActor()
      authorize(definition.access, actor, null)
      const input = parseStrictly(definition.input, formValues(form))
      const output = await definition.run({ actor, client: await currentClient(), input })
      const next = definition.then?.(output) ?? null
      if (next !== null) throw new GoTo(next)
      return output
    })
}
