'use server'
import { publicAccess } from '#lib/auth/access'
import { platformAction } from '#lib/auth/action'
import { openSchool as open } from '#lib/platform/open-school'
import { requestSchool as request } from '#lib/platform/request-school'
import { openSchoolForm, schoolRequestForm } from '#lib/schools/contract'

/** Asks for a school; whoever reads the mail of the address opens it. */
export const requestSchool = platformAction({
  id: 'platform.request-school',
  access: publicAccess('Anybody may ask for a school. Nothing comes of it but a letter.'),
  input: schoolRequestForm,
  run: ({ client, input }) => request({ ...input, client, locale: 'en' }),
  then: () => '/sign-up?sent=1',
})

/** Opens the school that was asked for. */
export const openSchool = platformAction({
  id: 'platform.open-school',
  access: publicAccess('The link of the letter is the key.'),
  input: openSchoolForm,
  run: async ({ client, input }) => {
    await open({ ...input, client, locale: 'en' })
    return input.token
  },
  then: (token) => `/sign-up/confirm?token=${encodeURIComponent(token)}`,
})
