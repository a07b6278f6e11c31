import { after, busyDay, daysFrom, HOUR, timeOfDay, type Anchor } from './clock'
import { seedId } from './ids'
import { ACME_STUDENTS, GLOBEX_STUDENTS, INITECH_STUDENTS, type Named } from './names'
import { DEMO_PASSWORD_HASH } from './password'
import { random } from './random'
import type { Rows } from './rows'
import { SCHOOL_AGE_DAYS, SCHOOLS, type SeedSchool } from './schools'

type Role = 'SUPER_ADMIN' | 'ADMIN' | 'INSTRUCTOR' | 'STUDENT'

/** Somebody in one school. */
export interface Person {
  id: string
  tenantId: string
  email: string
  name: string
  role: Role
  joinedAt: Date
  /** 0 to 1: how much of what they begin they finish, and how well they answer. */
  diligence: number
}

interface Staff {
  name: string
  email: string
  role: Role
  timeZone?: string
}

const STAFF: Readonly<Record<SeedSchool['subdomain'], readonly Staff[]>> = {
  acme: [
    { name: 'Ines Hartmann', email: 'admin@acme.test', role: 'ADMIN' },
    { name: 'Miriam Okafor', email: 'instructor@acme.test', role: 'INSTRUCTOR' },
    {
      name: 'Jonas Lindgren',
      email: 'instructor2@acme.test',
      role: 'INSTRUCTOR',
      timeZone: 'Europe/Stockholm',
    },
  ],
  globex: [
    { name: 'Carol Jensen', email: 'admin@globex.test', role: 'ADMIN' },
    { name: 'Luis Ortega', email: 'instructor@globex.test', role: 'INSTRUCTOR' },
    // The same address as in the other school, and to both schools somebody of their own.
    { name: 'L. Brandt', email: 'student@acme.test', role: 'STUDENT' },
  ],
  initech: [{ name: 'Bernard Tan', email: 'admin@initech.test', role: 'ADMIN' }],
}

const STUDENTS: Readonly<Record<SeedSchool['subdomain'], readonly Named[]>> = {
  acme: ACME_STUDENTS,
  globex: GLOBEX_STUDENTS,
  initech: INITECH_STUDENTS,
}

/** The platform's own row, made by the migrations. */
export const PLATFORM_ID = 'platform'

function diligenceOf(email: string): number {
  if (email.startsWith('student@')) return 0.9
  if (email.startsWith('student2@')) return 0.6
  const chance = random('diligence', email)
  // Two draws: most people are in the middle, few at either end.
  return 0.1 + 0.45 * (chance.next() + chance.next())
}

function person(anchor: Anchor, tenantId: string, who: Staff): Person {
  const chance = random('joined', tenantId, who.email)
  const staff = who.role !== 'STUDENT'
  const day = staff ? 1 - SCHOOL_AGE_DAYS : busyDay(chance, anchor, -400, -60)
  return {
    id: seedId('person', tenantId, who.email),
    tenantId,
    email: who.email,
    name: who.name,
    role: who.role,
    joinedAt: after(daysFrom(anchor, day), timeOfDay(chance)),
    diligence: diligenceOf(who.email),
  }
}

function peopleOf(anchor: Anchor, { id, subdomain }: SeedSchool): Person[] {
  const students = STUDENTS[subdomain].map(([name, address]): Staff => ({
    name,
    email: `${address}@${subdomain}.test`,
    role: 'STUDENT',
  }))
  return [...STAFF[subdomain], ...students].map((who) => person(anchor, id, who))
}

/** Everybody: staff first, then students, school by school; the platform's own person last. */
export function makePeople(anchor: Anchor): Person[] {
  const root: Staff = { name: 'Robin Root', email: 'root@smartlms.test', role: 'SUPER_ADMIN' }
  return [...SCHOOLS.flatMap((school) => peopleOf(anchor, school)), person(anchor, PLATFORM_ID, root)]
}

/** One row a person. Everybody signs in with the demo password; nearly everybody has confirmed their address. */
export function personRows(anchor: Anchor, people: readonly Person[]): Rows['User'] {
  const zones = new Map(Object.values(STAFF).flatMap((list) => list.map((who) => [who.email, who.timeZone])))
  return people.map(({ id, tenantId, email, name, role, joinedAt }) => {
    const staff = role !== 'STUDENT'
    const confirmed =
      role !== 'STUDENT' || email.startsWith('student') || random('confirmed', id).chance(0.93)
    const seen = random('seen', id)
    const lastSeenAt = staff
      ? daysFrom(anchor, -0.1 - seen.next())
      : after(daysFrom(anchor, busyDay(seen, anchor, -40, -1)), timeOfDay(seen))
    return {
      id,
      tenantId,
      email,
      name,
      role,
      lastSeenAt: lastSeenAt > joinedAt ? lastSeenAt : joinedAt,
      password: DEMO_PASSWORD_HASH,
      timeZone: zones.get(email) ?? null,
      emailVerified: confirmed ? after(joinedAt, HOUR / 4) : null,
      createdAt: joinedAt,
      updatedAt: joinedAt,
    }
  })
}
