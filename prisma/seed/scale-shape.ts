/** How much of everything one unit of a benchmark school holds. */
export interface Shape {
  instructors: number
  students: number
  courses: number
  modulesPerCourse: number
  lessonsPerModule: number
  /** Courses that each student takes; the first is the school's first course, for everybody. */
  coursesPerStudent: number
  /** Students of the unit who sat an exam. */
  attempts: number
}

/** About 100 rows: 1 school, 9 people, 2 courses, 4 modules, 12 lessons, 16 enrollments, half of their lessons done. */
const SMALL: Shape = {
  ...{ instructors: 1, students: 8, courses: 2, modulesPerCourse: 2, lessonsPerModule: 3 },
  ...{ coursesPerStudent: 2, attempts: 4 },
}

/** About 20,000 rows: 404 people, 4 courses, 120 lessons, 1,200 enrollments, 17,900 lessons done, 248 attempts. */
const UNIT: Shape = {
  ...{ instructors: 4, students: 400, courses: 4, modulesPerCourse: 3, lessonsPerModule: 10 },
  ...{ coursesPerStudent: 3, attempts: 248 },
}

/** A million rows: the largest school that the budgets speak of. */
const UNITS_PER_GIANT = 50

export interface BenchmarkSchool {
  subdomain: string
  shape: Shape
  units: number
}

/** The schools of a scale: as many small ones as units, and the units themselves in giants of a million rows. */
export function benchmarkSchools(scale: number): BenchmarkSchool[] {
  const giants = Array.from({ length: Math.ceil(scale / UNITS_PER_GIANT) }, (_, index) => ({
    subdomain: index === 0 ? 'bench-giant' : `bench-giant-${index + 1}`,
    shape: UNIT,
    units: Math.min(UNITS_PER_GIANT, scale - index * UNITS_PER_GIANT),
  }))
  const small = Array.from({ length: scale }, (_, index) => ({
    subdomain: `bench-${index + 1}`,
    shape: SMALL,
    units: 1,
  }))
  return [...small, ...giants]
}
