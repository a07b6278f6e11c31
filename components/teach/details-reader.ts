import type { Details } from '#lib/teach/rules'

/** Asks how the details of a course stand now. Fits the server’s `ActionResult`. */
export type DetailsReader = (
  previous: unknown,
  form: FormData,
) => Promise<
  | Readonly<{ ok: true; value: Details | Readonly<{ redirectTo: string }> }>
  | Readonly<{ ok: false; code: string; message: string }>
>
