'use server'
import { can } from '#lib/auth/access'
import { platformAction } from '#lib/auth/action'
import { actorId } from '#lib/auth/actor'
import { changePlan as setPlan } from '#lib/platform/change-plan'
import { changeStatus as setStatus } from '#lib/platform/change-status'
import { changePlanForm, changeStatusForm } from '#lib/schools/contract'

/** Puts a school on another plan. */
export const changePlan = platformAction({
  id: 'platform.change-plan',
  access: can('platform:manage'),
  input: changePlanForm,
  run: async ({ actor, client, input }) => {
    await setPlan({ actorId: actorId(actor), client }, input)
    return input.schoolId
  },
  then: (schoolId) => `/platform/schools/${schoolId}?done=plan`,
})

/** Suspends, resumes, closes or reopens a school. */
export const changeStatus = platformAction({
  id: 'platform.change-status',
  access: can('platform:manage'),
  input: changeStatusForm,
  run: async ({ actor, client, input }) => {
    await setStatus({ actorId: actorId(actor), client }, input)
    return input.schoolId
  },
  then: (schoolId) => `/platform/schools/${schoolId}?done=status`,
})
