import { z } from 'zod'
import { anyPerson } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { route } from '#lib/auth/route'
import { idInPath } from '#lib/catalog/input'
import { exportNotes } from '#lib/notes/export-notes'

/** One's own notes of a course as a Markdown file. */
export const GET = route({
  id: 'notes.export',
  access: anyPerson('What somebody wrote is theirs to take along.'),
  params: z.strictObject({ courseId: idInPath }),
  query: z.strictObject({}),
  run: async ({ db, school, actor, params }) => {
    const { userId } = person(actor)
    const text = await exportNotes(db, { userId, courseId: params.courseId, locale: school.locale })
    return new Response(text, {
      headers: {
        'Content-Type': 'text/markdown; charset=utf-8',
        'Content-Disposition': 'attachment; filename="notes.md"',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  },
})
