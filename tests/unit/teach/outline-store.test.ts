import { describe, expect, test } from 'vitest'
import type { OutlineModule } from '#lib/teach/contract'
import { readArrangement } from '#lib/teach/rules'
import { OutlineSteps, type OutlineActions } from '../../../components/teach/outline-steps'
import { OutlineStore, type OutlineAction } from '../../../components/teach/outline-store'
import { outlineWords } from '../../../components/teach/outline-words'

// What an author sees while the server is slow, refuses, or has been changed by somebody else.

const words = outlineWords('en', 'Maths')

function lesson(id: string) {
  return { id, title: id, duration: null, hasVideo: false, hasText: false, preview: false, held: false }
}

function modules(text: string): OutlineModule[] {
  return (readArrangement(text) ?? []).map(({ id, lessons }) => ({
    id,
    title: id,
    lessons: lessons.map(lesson),
  }))
}

function shown(store: OutlineStore): string {
  return store
    .state()
    .modules.map(({ id, lessons }) => `${id}:${lessons.map((one) => one.id).join()}`)
    .join(';')
}

function field(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

/** A server that knows orders alone, and refuses one that was made from another than its own. */
function server(initial: string) {
  const state = { now: initial, calls: [] as string[], fails: false }
  const answer = () => ({ ok: true as const, value: { modules: modules(state.now), id: 'x' } })
  const arrange: OutlineAction = async (_previous, form) => {
    await Promise.resolve()
    state.calls.push(field(form, 'wanted'))
    if (state.fails) throw new Error('The line is cut.')
    if (field(form, 'seen') !== state.now) return { ok: false, code: 'conflict', message: 'Changed.' }
    state.now = field(form, 'wanted')
    return answer()
  }
  const keys: string[] = []
  const add: OutlineAction = async (_previous, form) => {
    await Promise.resolve()
    keys.push(field(form, 'key'))
    if (state.fails) throw new Error('The line is cut.')
    state.now = `${state.now};x:`
    return answer()
  }
  const other: OutlineAction = () => Promise.resolve(answer())
  const actions: OutlineActions = {
    ...{ arrange, addModule: add, addLesson: other, read: other },
    ...{ renameModule: other, renameLesson: other, removeModule: other, removeLesson: other },
    ...{ restoreModule: other, restoreLesson: other },
  }
  const steps = new OutlineSteps('c', actions, words)
  return { state, keys, steps, store: new OutlineStore(modules(initial), words, steps.read) }
}

const thing = (id: string) => ({ kind: 'lesson' as const, id, title: id })

describe('moving', () => {
  test('is seen at once, and quick moves one after another never collide with themselves', async () => {
    const { state, steps, store } = server('a:l1,l2,l3;b:')
    const first = store.take(steps.move(thing('l1'), { id: 'b', after: true }, 'b'))
    const second = store.take(steps.move(thing('l2'), { id: 'l1', after: true }, null))
    expect(shown(store)).toBe('a:l3;b:l1,l2')
    expect(state.now).toBe('a:l1,l2,l3;b:')
    await Promise.all([first, second])
    expect(state.calls).toEqual(['a:l2,l3;b:l1', 'a:l3;b:l1,l2'])
    expect(shown(store)).toBe('a:l3;b:l1,l2')
    expect(store.state()).toMatchObject({ undoing: false, message: { tone: 'good', undoable: true } })
  })

  test('is taken back step by step, to where all began', async () => {
    const { state, steps, store } = server('a:l1,l2,l3;b:')
    await store.take(steps.move(thing('l1'), { id: 'b', after: true }, 'b'))
    await store.take(steps.move(thing('l3'), { id: 'l1', after: false }, null))
    await store.undo()
    expect(state.now).toBe('a:l2,l3;b:l1')
    await store.undo()
    expect(state.now).toBe('a:l1,l2,l3;b:')
    expect(store.state().message).toMatchObject({ text: words.undone, undoable: false })
    await store.undo()
    expect(state.calls).toHaveLength(4)
  })

  test('that is still on its way is taken back as soon as it has arrived, and two presses take back one step', async () => {
    const { state, steps, store } = server('a:l1,l2,l3;b:')
    await store.take(steps.move(thing('l1'), { id: 'b', after: true }, 'b'))
    const moving = store.take(steps.move(thing('l2'), { id: 'l1', after: true }, null))
    const pressed = [store.undo(), store.undo()]
    expect(store.state().undoing).toBe(true)
    await Promise.all([moving, ...pressed])
    expect(state.now).toBe('a:l2,l3;b:l1')
    expect(store.state()).toMatchObject({ undoing: false, message: { text: words.undone, undoable: true } })
  })

  test('of somebody who had not seen another’s change is dropped, said, and the outline shown as it is', async () => {
    const { state, steps, store } = server('a:l1,l2;b:')
    await store.take(steps.move(thing('l1'), { id: 'l2', after: true }, null))
    state.now = 'a:l1;b:l2'
    const first = store.take(steps.move(thing('l1'), { id: 'b', after: true }, 'b'))
    const second = store.take(steps.move(thing('l2'), { id: 'b', after: true }, 'b'))
    await Promise.all([first, second])
    expect(state.now).toBe('a:l1;b:l2')
    expect(shown(store)).toBe('a:l1;b:l2')
    // Nor can it take back what it did before: that order is not there any more.
    expect(store.state().message).toEqual({ tone: 'bad', text: words.conflict, undoable: false })
  })

  test('without a line to the server changes nothing and says so', async () => {
    const { state, steps, store } = server('a:l1,l2')
    state.fails = true
    await store.take(steps.move(thing('l1'), { id: 'l2', after: true }, null))
    expect(shown(store)).toBe('a:l1,l2')
    expect(store.state().message).toMatchObject({ tone: 'bad', text: words.unreachable })
  })
})

test('what is added again because its answer was lost has the same key, and another one afterwards', async () => {
  const { state, keys, steps, store } = server('a:')
  state.fails = true
  await store.take(steps.add('Geometry', null))
  state.fails = false
  await store.take(steps.add('Geometry', null))
  await store.take(steps.add('Geometry', null))
  expect(keys[0]).toBe(keys[1])
  expect(keys[2]).not.toBe(keys[1])
})
