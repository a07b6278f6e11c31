import 'server-only'
import type { z } from 'zod'
import { codeOf, type ErrorCode, type FieldErrors, AppError, userText } from '#lib/errors'
import { type AuditEntry, recordAudit } from '#lib/db/queries/audit'
import { type TenantDb, withTenant } from '#lib/db/tenant'
import { requestTarget, schoolOfRequest } from '#lib/tenancy/resolve'
import type { School } from '#lib/tenancy/school'
import type { Access } from './access'
import { type Actor, actorId, authorize, currentActor } from './actor'
import { noteRoute, reportFailure } from './report'
import { parseStrictly } from './route'

/** What a form's action gives back to its page. */
export type ActionResult<Output> =
  | Readonly<{ ok: true; value: Output }>
  | Readonly<{ ok: false; code: ErrorCode; message: string; errorId: string; fields: FieldErrors }>

type Shape = z.ZodObject

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

async function guarded<Output>(id: string, work: () => Promise<Output>): Promise<ActionResult<Output>> {
  await noteRoute(id)
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    const code = codeOf(error)
    const errorId = await reportFailure(id, error)
    return {
      ok: false,
      code,
      message: userText(code),
      errorId,
      fields: error instanceof AppError ? error.fields : {},
    }
  }
}

type Context<I extends Shape> = Readonly<{ db: TenantDb; school: School; actor: Actor; input: z.infer<I> }>

/**
 * Builds a server action of a school: the actor is checked, the form parsed strictly, `run` and its audit row
 * are one tenant transaction, every failure becomes an `ActionResult`.
 * `previous` is what React's useActionState hands back; it is never trusted.
 */
export function action<I extends Shape, Output>(
  definition: Readonly<{
    id: string
    access: Access
    input: I
    /** What stands in the audit log; `notAudited('reason')` where nothing of the school changes. */
    audit: ((context: Context<I>, output: Output) => AuditEntry) | NotAudited
    run: (context: Context<I>) => Promise<Output>
  }>,
): (previous: unknown, form: FormData) => Promise<ActionResult<Output>> {
  return (_previous, form) =>
    guarded(definition.id, async () => {
      const school = await schoolOfRequest()
      const actor = await currentActor()
      authorize(definition.access, actor, school.id)
      const input = parseStrictly(definition.input, formValues(form))
      return withTenant(school.id, async (db) => {
        const context = { db, school, actor, input }
        const output = await definition.run(context)
        if (typeof definition.audit === 'function') {
          await recordAudit(db, {
            ...definition.audit(context, output),
            actorId: actorId(actor),
            action: definition.id,
          })
        }
        return output
      })
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
    await guarded(definition.id, async () => {
      // A closed or unknown school has no page that this could have come from.
      const school = (await requestTarget()).kind === 'root' ? null : await schoolOfRequest()
      authorize(definition.access, await currentActor(), school?.id ?? null)
      await definition.run(parseStrictly(definition.input, formValues(form)))
    })
  }
}
