import { daysFrom, type Anchor } from './clock'
import { seedId } from './ids'
import type { Rows } from './rows'

/** A school as the rest of the seed sees it. */
export interface SeedSchool {
  id: string
  subdomain: 'acme' | 'globex' | 'initech'
  /** IANA */
  timeZone: string
}

/** Days before the anchor on which the schools opened: how a later run finds the anchor of the first one. */
export const SCHOOL_AGE_DAYS = 420

type Face = Omit<Rows['Tenant'][number], 'id' | 'createdAt' | 'updatedAt'> & SeedSchool

function face(subdomain: SeedSchool['subdomain'], rest: Omit<Face, 'id' | 'subdomain'>): Face {
  return { id: seedId('tenant', subdomain), subdomain, ...rest }
}

const FACES: readonly Face[] = [
  face('acme', {
    name: 'Acme Academy',
    description:
      'Practical courses for people who like to know why. Short lessons, real exercises, and teachers who answer.',
    accentColor: '#0F766E',
    plan: 'PRO',
    status: 'ACTIVE',
    timeZone: 'Europe/Berlin',
    signUp: 'OPEN',
    locale: 'en-GB',
  }),
  face('globex', {
    name: 'Globex Institute',
    description: 'Evening courses for working people, a few at a time and each one taught with care.',
    accentColor: '#B45309',
    plan: 'FREE',
    status: 'ACTIVE',
    timeZone: 'America/Chicago',
    signUp: 'INVITED',
    locale: 'en-US',
  }),
  face('initech', {
    name: 'Initech',
    description: 'Training for the people of Initech.',
    accentColor: '#4F46E5',
    plan: 'FREE',
    status: 'SUSPENDED',
    timeZone: 'Asia/Singapore',
    signUp: 'INVITED',
    locale: 'en',
  }),
]

/** The schools of the demo world; the platform's own row comes with the migrations. */
export const SCHOOLS: readonly SeedSchool[] = FACES

/** The school of a subdomain. Throws when the demo world has none of that name. */
export function schoolOf(subdomain: SeedSchool['subdomain']): SeedSchool {
  const school = SCHOOLS.find((entry) => entry.subdomain === subdomain)
  if (school === undefined) throw new Error(`There is no demo school ${subdomain}.`)
  return school
}

/** One row a school. */
export function schoolRows(anchor: Anchor): Rows['Tenant'] {
  const createdAt = daysFrom(anchor, -SCHOOL_AGE_DAYS)
  return FACES.map((school) => ({ ...school, createdAt, updatedAt: createdAt }))
}
