import 'server-only'
import type pg from 'pg'
import { type Orm, openOrm } from './prisma'
import type { Prisma } from './generated/client'
import type { Statement } from './sql'
import type { Unit } from './unit'

/**
 * The right to read and write one school's rows for the length of one unit of work.
 * A class with private state: no literal, spread or copy can stand in for it (tests/types proves it).
 */
export class TenantDb {
  readonly #tenantId: string
  readonly #unit: Unit
  #orm: Orm | undefined
  #open = true

  private constructor(tenantId: string, unit: Unit) {
    this.#tenantId = tenantId
    this.#unit = unit
  }

  /** The school whose rows this handle reaches. */
  get tenantId(): string {
    return this.#tenantId
  }

  /** Mints a handle, runs `work` with it, and makes it useless afterwards. Only lib/db/tenant.ts calls this. */
  static async use<T>(tenantId: string, unit: Unit, work: (db: TenantDb) => Promise<T>): Promise<T> {
    const db = new TenantDb(tenantId, unit)
    try {
      return await work(db)
    } finally {
      db.#open = false
      await db.#orm?.close()
    }
  }

  static run<Row extends pg.QueryResultRow>(
    db: TenantDb,
    statement: Statement,
  ): Promise<pg.QueryResult<Row>> {
    db.#assertOpen()
    return db.#unit.run<Row>(statement)
  }

  static orm(db: TenantDb): Promise<Prisma.TransactionClient> {
    db.#assertOpen()
    db.#orm ??= openOrm(db.#unit.lease)
    return db.#orm.client
  }

  #assertOpen(): void {
    if (!this.#open) throw new Error('A tenant handle was used after its unit of work had ended.')
  }
}

/** All rows of a statement, run in the handle's transaction. `Row` is what the statement selects. */
export async function rows<Row extends pg.QueryResultRow>(
  db: TenantDb,
  statement: Statement,
): Promise<Row[]> {
  return (await TenantDb.run<Row>(db, statement)).rows
}

/** The first row, or null. */
export async function firstRow<Row extends pg.QueryResultRow>(
  db: TenantDb,
  statement: Statement,
): Promise<Row | null> {
  return (await TenantDb.run<Row>(db, statement)).rows[0] ?? null
}

/** Runs a writing statement and says how many rows it touched. */
export async function affected(db: TenantDb, statement: Statement): Promise<number> {
  return (await TenantDb.run(db, statement)).rowCount ?? 0
}

/** Prisma's client inside the same transaction. The tenant still stands in every `where` and `data`. */
export function orm(db: TenantDb): Promise<Prisma.TransactionClient> {
  return TenantDb.orm(db)
}
