import { z } from 'zod'
import { workFileQuery, workFileRemoval } from '#lib/assignments/contract'
import { removeDraftFile } from '#lib/assignments/draft-files'
import { takeWorkFile } from '#lib/assignments/take-work-file'
import { can } from '#lib/auth/access'
import { person } from '#lib/auth/actor'
import { currentClient } from '#lib/auth/client'
import { json, route, schoolRoute } from '#lib/auth/route'
import { recordAudit } from '#lib/db/queries/audit'
import { limitsOf } from '#lib/plans/rules'

const NO_PARAMS = z.strictObject({})

/** A file for one's work on an assignment: the body is the file. */
export const POST = schoolRoute({
  id: 'assignment.file',
  access: can('assignment:submit'),
  query: workFileQuery,
  params: NO_PARAMS,
  run: async ({ request, school, actor, query }) => {
    const { userId } = person(actor)
    const client = await currentClient()
    const file = await takeWorkFile({
      ...{ tenantId: school.id, userId, timeZone: school.timeZone, query, body: request.body },
      limitBytes: limitsOf(school.plan).storageBytes,
      record: (db, { key }) =>
        recordAudit(db, {
          ...{ action: 'assignment.file', actorId: userId, client },
          ...{ targetType: 'Assignment', targetId: query.assignmentId, after: { file: key } },
        }),
    })
    return file === null ? json({}, 202) : json(file, 201)
  },
})

/** Takes a file out of one's draft. */
export const DELETE = route({
  id: 'assignment.file-remove',
  access: can('assignment:submit'),
  query: workFileRemoval,
  params: NO_PARAMS,
  run: async ({ db, school, actor, query }) => {
    const { userId } = person(actor)
    return json(await removeDraftFile(db, { userId, timeZone: school.timeZone, query }))
  },
})
