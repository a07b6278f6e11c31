'use client'

import { useEffect } from 'react'
import { singleKeyOf } from '../palette/shortcuts'

/** The form that stands nearest to the middle of the screen. */
function currentForm(): HTMLElement | null {
  const middle = innerHeight / 2
  const distance = (form: HTMLElement): number => {
    const { top, bottom } = form.getBoundingClientRect()
    return Math.abs((top + bottom) / 2 - middle)
  }
  const forms = [...document.querySelectorAll<HTMLElement>('[data-mark]')].filter((form) =>
    form.checkVisibility(),
  )
  return forms.toSorted((one, other) => distance(one) - distance(other))[0] ?? null
}

function follow(rel: 'prev' | 'next'): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`main a[rel="${rel}"]`)
  link?.click()
  return link !== null
}

/** Begins to type points: the rest is typed into the field itself. */
function typePoints(digit: string): boolean {
  const input = currentForm()?.querySelector<HTMLInputElement>('input[name="points"]')
  if (input == null) return false
  input.focus()
  input.value = digit
  input.dispatchEvent(new Event('input', { bubbles: true }))
  return true
}

/** The criterion that somebody is at: the one with the focus, else the first without a level. */
function currentCriterion(form: HTMLElement): HTMLElement | null {
  const all = [...form.querySelectorAll<HTMLElement>('[data-criterion]')]
  const focused = all.find((one) => one.contains(document.activeElement))
  return focused ?? all.find((one) => one.querySelector('input[type="radio"]:checked') === null) ?? null
}

/** Chooses a level of a rubric by its place, and goes on to the next criterion, after the last to the feedback. */
function chooseLevel(digit: string): boolean {
  const form = currentForm()
  const criterion = form === null ? null : currentCriterion(form)
  const level = criterion?.querySelectorAll<HTMLInputElement>('input[type="radio"]')[Number(digit) - 1]
  if (form === null || criterion === null || level === undefined) return false
  level.click()
  const all = [...form.querySelectorAll<HTMLElement>('[data-criterion]')]
  const following = all[all.indexOf(criterion) + 1]?.querySelector<HTMLElement>('input[type="radio"]')
  const next = following ?? form.querySelector<HTMLElement>('textarea[name="feedback"]')
  next?.focus()
  return true
}

function savesHere(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return false
  const target = event.target instanceof Element ? event.target : null
  const form = (target?.closest('[data-mark]') ?? currentForm())?.querySelector('form')
  form?.requestSubmit()
  return form != null
}

function single(key: string | null): boolean {
  if (key === null) return false
  if (/^\d$/.test(key)) return chooseLevel(key) || typePoints(key)
  if (key.toLowerCase() === 'n') return follow('next')
  return key.toLowerCase() === 'p' && follow('prev')
}

/** The keys of grading. Single ones are silent while somebody types, and where they are turned off. */
export function GradeKeys() {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (savesHere(event) || single(singleKeyOf(event))) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return null
}
