import { config } from 'zod'

// The page's policy forbids making code of text, which zod tries first of all when its first schema is made. On the
// server there is no such policy, and its parsers are faster that way. Import this before anything that has a schema.
if (typeof window !== 'undefined') config({ jitless: true })
