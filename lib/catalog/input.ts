import { z } from 'zod'

/** An id as it stands in an address. */
export const idInPath = z.string().regex(/^[a-z0-9]{1,40}$/)
