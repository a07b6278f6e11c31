import type { OutlineModule } from '#lib/teach/contract'
import { arrangementOf, dropped, type DropPlace, inOrder, writeArrangement } from '#lib/teach/rules'
import type { OutlineLesson } from '#lib/teach/contract'
import { fill } from './fill'
import type { OutlineAction, Step } from './outline-store'
import type { OutlineWords } from './outline-words'

export type OutlineActions = Readonly<
  Record<
    | 'addModule'
    | 'renameModule'
    | 'removeModule'
    | 'restoreModule'
    | 'addLesson'
    | 'renameLesson'
    | 'removeLesson'
    | 'restoreLesson'
    | 'arrange'
    | 'read',
    OutlineAction
  >
>

type Modules = readonly OutlineModule[]
type Fields = Readonly<Record<string, string>>

/** A module or a lesson, and what it is called. */
export type Thing = Readonly<{ kind: 'module' | 'lesson'; id: string; title: string }>

const same = (modules: Modules): Modules => modules

/** A key of its own for what is added, so that sending it again adds nothing. Works on plain http, too. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function retitled(modules: Modules, id: string, title: string): Modules {
  return modules.map((module) =>
    module.id === id
      ? { ...module, title }
      : {
          ...module,
          lessons: module.lessons.map((lesson) => (lesson.id === id ? { ...lesson, title } : lesson)),
        },
  )
}

function without(modules: Modules, id: string): Modules {
  return modules
    .filter((module) => module.id !== id)
    .map((module) => ({ ...module, lessons: module.lessons.filter((lesson) => lesson.id !== id) }))
}

function move(modules: Modules, id: string, place: DropPlace): Modules {
  return dropped<OutlineLesson, OutlineModule>(modules, id, place)
}

/** The steps that an outline's editor can take, for one course. */
export class OutlineSteps {
  readonly #courseId: string
  readonly #actions: OutlineActions
  readonly #words: OutlineWords
  /** Keys of what was sent and hasn't arrived, by what it is: sent once more, it is added once. */
  readonly #keys = new Map<string, string>()

  constructor(courseId: string, actions: OutlineActions, words: OutlineWords) {
    this.#courseId = courseId
    this.#actions = actions
    this.#words = words
  }

  #call(action: OutlineAction, fields: Fields): ReturnType<OutlineAction> {
    const form = new FormData()
    for (const [name, value] of Object.entries({ courseId: this.#courseId, ...fields })) form.set(name, value)
    return action(null, form)
  }

  /** The outline as the server has it. */
  read = (): ReturnType<OutlineAction> => this.#call(this.#actions.read, {})

  /** Adds a module, or a lesson to the module `moduleId`. */
  add(title: string, moduleId: string | null): Step {
    const what = `${moduleId ?? ''}/${title}`
    const key = this.#keys.get(what) ?? newKey()
    this.#keys.set(what, key)
    const [action, fields] =
      moduleId === null
        ? [this.#actions.addModule, { title, key }]
        : [this.#actions.addLesson, { title, key, moduleId }]
    return {
      show: same,
      send: () => this.#call(action, fields),
      said: fill(this.#words.added, { title }),
      back: (_before, id) => {
        this.#keys.delete(what)
        return this.remove({ kind: moduleId === null ? 'module' : 'lesson', id, title })
      },
    }
  }

  rename(thing: Thing, title: string): Step {
    const { kind, id, title: seen } = thing
    const [action, fields] =
      kind === 'module'
        ? [this.#actions.renameModule, { moduleId: id }]
        : [this.#actions.renameLesson, { lessonId: id }]
    return {
      show: (modules) => retitled(modules, id, title),
      send: () => this.#call(action, { ...fields, title, seen }),
      said: fill(this.#words.renamed, { title }),
      back: () => this.rename({ ...thing, title }, seen),
    }
  }

  remove(thing: Thing): Step {
    const { kind, id, title } = thing
    const [action, fields] =
      kind === 'module'
        ? [this.#actions.removeModule, { moduleId: id }]
        : [this.#actions.removeLesson, { lessonId: id }]
    return {
      show: (modules) => without(modules, id),
      send: () => this.#call(action, fields),
      said: fill(this.#words.removed, { title }),
      back: () => this.#restore(thing),
    }
  }

  #restore(thing: Thing): Step {
    const { kind, id } = thing
    const [action, fields] =
      kind === 'module'
        ? [this.#actions.restoreModule, { moduleId: id }]
        : [this.#actions.restoreLesson, { lessonId: id }]
    return {
      show: same,
      send: () => this.#call(action, fields),
      said: this.#words.undone,
      back: () => this.remove(thing),
    }
  }

  /** Moves a thing beside another. The server is told the whole order, as it was and as it shall be. */
  move(thing: Thing, place: DropPlace, into: string | null): Step {
    const { id, title } = thing
    return this.#arrange(
      (modules) => move(modules, id, place),
      into === null ? fill(this.#words.moved, { title }) : fill(this.#words.movedTo, { title, module: into }),
    )
  }

  #arrange(order: (modules: Modules) => Modules, said: string): Step {
    const written = (modules: Modules): string => writeArrangement(arrangementOf(modules))
    return {
      show: order,
      send: (stored) =>
        this.#call(this.#actions.arrange, { seen: written(stored), wanted: written(order(stored)) }),
      said,
      back: (before) => {
        const earlier = arrangementOf(before)
        return this.#arrange((modules) => inOrder<OutlineLesson, OutlineModule>(modules, earlier), said)
      },
    }
  }
}
