import 'server-only'
import { planOf } from '#lib/db/queries/school'
import { getUser, updateProfile } from '#lib/db/queries/users'
import { AppError } from '#lib/errors'
import { forgetImage, prepareImage, recordImage, removeObjects, writeImage } from '#lib/files/store-image'
import { limitsOf } from '#lib/plans/rules'
import { type Account, self } from './account'

/**
 * Gives a person a picture; the one before goes with its bytes.
 * @throws AppError 'invalid_input' and 'payload_too_large' naming the field `file`, 'limit_reached', 'rate_limited'
 */
export async function setAvatar(
  account: Account,
  input: Readonly<{ tenantId: string; bytes: Uint8Array }>,
): Promise<void> {
  const { unit, record, person } = account
  const { userId } = person
  const image = await prepareImage(input.tenantId, 'avatar', input.bytes)
  await writeImage(image)
  // In the action's own unit, so that whoever was signed out while the picture was decoded leaves none behind.
  const gone = await unit(async (db) => {
    const { avatar, updatedAt } = await getUser(db, userId)
    await updateProfile(db, { userId, seen: updatedAt, changes: { avatar: image.key } })
    await record(db, self(account))
    const limitBytes = limitsOf(await planOf(db)).storageBytes
    return recordImage(db, image, { uploadedById: userId, limitBytes, replaced: avatar })
  }).catch(async (error: unknown) => {
    // An answer that got lost may have been "committed": then the books hold the picture, and it stays.
    const undone = error instanceof AppError && error.code !== 'unavailable'
    if (undone) await removeObjects(image.variants.map(({ key }) => key))
    throw error
  })
  await removeObjects(gone)
}

/** Takes a person's picture away; their initials stand in its place. Doing it again changes nothing. */
export async function removeAvatar(account: Account): Promise<void> {
  const { unit, record, person } = account
  const { userId } = person
  const gone = await unit(async (db) => {
    const { avatar, updatedAt } = await getUser(db, userId)
    if (avatar === null) return []
    await updateProfile(db, { userId, seen: updatedAt, changes: { avatar: null } })
    await record(db, self(account))
    return forgetImage(db, avatar)
  })
  await removeObjects(gone)
}
