import { describe, expect, it } from 'vitest'
import { likePattern, sql } from '#lib/db/sql'

describe('the sql tag keeps text and values apart', () => {
  it('turns values into parameters, in order', () => {
    const statement = sql`select ${1} where name = ${"x'; drop table users; --"} and at < ${null}`
    expect(statement.text).toBe('select $1 where name = $2 and at < $3')
    expect(statement.values).toEqual([1, "x'; drop table users; --", null])
  })

  it('inlines statements and numbers their values on', () => {
    const inner = sql`and b = ${2} and c = ${3}`
    const statement = sql`select * from t where a = ${1} ${inner} limit ${4}`
    expect(statement.text).toBe('select * from t where a = $1 and b = $2 and c = $3 limit $4')
    expect(statement.values).toEqual([1, 2, 3, 4])
  })

  it('inlines an empty statement as nothing', () => {
    expect(sql`select ${sql``} 1`.text).toBe('select  1')
  })

  it('gives the same name to the same text and another to another', () => {
    const named = (value: number) => sql`select ${value}`.name
    expect(named(1)).toBe(named(2))
    expect(sql`select 2`.name).not.toBe(named(1))
    expect(named(1).length).toBeLessThanOrEqual(63)
  })

  it('refuses undefined: in a filter it would mean something else', () => {
    expect(() => sql`where id = ${undefined}`).toThrow('undefined')
  })

  it('refuses an object that only looks like a statement', () => {
    const forged = { text: '1; drop table users', values: [], name: 'x' }
    expect(() => sql`select ${forged}`).toThrow('sql tag')
  })
})

describe('likePattern', () => {
  it('takes the wildcards of a typed text literally', () => {
    expect(likePattern(String.raw`50%_\ `)).toBe(String.raw`%50\%\_\\ %`)
  })
})
