import 'server-only'
import { placeAll } from '#lib/db/queries/teach'
import type { TenantDb } from '#lib/db/tenant'
import { AppError } from '#lib/errors'
import { changeOutline, type Editing, readOutline } from './outline'
import { type Arrangement, arrangementOf, isRearranged, writeArrangement } from './rules'

/**
 * Puts modules and lessons where somebody has moved them. The whole order is named, as it was seen and as it is wanted:
 * of two editors who move different things at once the second is told, and neither undoes the other unknowingly.
 * @throws AppError 'conflict' when the outline isn't the one that was seen, 'invalid_input' when `wanted` holds other
 *   parts than `seen`
 */
export async function arrangeOutline(
  db: TenantDb,
  input: Editing & Readonly<{ seen: Arrangement; wanted: Arrangement }>,
) {
  const { courseId, seen, wanted } = input
  if (!isRearranged(seen, wanted))
    throw new AppError('invalid_input', 'The wanted order holds other parts than the one that was seen.')
  return changeOutline(db, input, async () => {
    const now = arrangementOf(await readOutline(db, courseId))
    if (writeArrangement(now) !== writeArrangement(seen))
      throw new AppError('conflict', 'The outline was changed since it was read.')
    const changed = writeArrangement(now) !== writeArrangement(wanted)
    if (changed) await placeAll(db, { courseId, modules: wanted })
    return { id: courseId, changed }
  })
}
