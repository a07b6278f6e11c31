'use server'
import { can } from '#lib/auth/access'
import { action, realmAction } from '#lib/auth/action'
import { person } from '#lib/auth/actor'
import { GoTo } from '#lib/auth/redirect'
import { AppError } from '#lib/errors'
import { changeBrand } from '#lib/school/change-brand'
import { changeSignIn } from '#lib/school/change-sign-in'
import { brandForm, logoForm, nothingForm, signInForm } from '#lib/school/contract'
import { removeLogo, setLogo } from '#lib/school/set-logo'

/** Name, description, colour, time zone and locale of the school. */
export const saveBrand = action({
  id: 'school.brand',
  access: can('school:settings'),
  input: brandForm,
  run: ({ db, school, input }) => changeBrand(db, { ...input, readerLocale: school.locale }),
  audit: ({ school }, changed) =>
    changed === null ? null : { targetType: 'Tenant', targetId: school.id, ...changed },
  then: () => '/admin/brand?done=brand',
})

/** Who may join, and how staff sign in. */
export const saveSignIn = action({
  id: 'school.settings',
  access: can('school:settings'),
  input: signInForm,
  run: ({ db, school, actor, input }) =>
    changeSignIn(db, {
      ...input,
      by: { secondFactor: person(actor).secondFactor, locale: school.locale },
    }),
  // Saved as it was is a decision too: a first step of a new school.
  audit: ({ school }, changed) => ({ targetType: 'Tenant', targetId: school.id, ...changed }),
  then: () => '/admin/settings?done=saved',
})

/** A new logo. */
export const uploadLogo = realmAction({
  id: 'school.logo',
  access: can('school:settings'),
  input: logoForm,
  run: async ({ realm, actor, input, unit, record }) => {
    if (realm.school === null) throw new AppError('not_found', 'The platform has no logo of its own.')
    await setLogo(
      { unit, record },
      {
        tenantId: realm.school.id,
        bytes: new Uint8Array(await input.file.arrayBuffer()),
        uploadedById: person(actor).userId,
      },
    )
    throw new GoTo('/admin/brand?done=logo')
  },
})

/** No logo any more. */
export const takeLogoAway = realmAction({
  id: 'school.logo-remove',
  access: can('school:settings'),
  input: nothingForm,
  run: async ({ realm, unit, record }) => {
    if (realm.school === null) throw new AppError('not_found', 'The platform has no logo of its own.')
    await removeLogo({ unit, record })
    throw new GoTo('/admin/brand?done=logo-removed')
  },
})
