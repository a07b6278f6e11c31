import type { AnswerValue } from '#lib/exams/contract'

/** Small questions about answers. The types alone come from the contract: its parser would weigh more than the room. */

/** Whether an answer says anything: an emptied field counts as unanswered. */
export function isAnswered(value: AnswerValue | null): boolean {
  if (value === null) return false
  switch (value.type) {
    case 'single':
      return value.choice !== null
    case 'multiple':
      return value.choices.length > 0
    case 'true-false':
      return value.value !== null
    case 'short-text':
    case 'numeric':
    case 'essay':
      return value.text.trim() !== ''
    case 'matching':
      return value.pairs.length > 0
    case 'ordering':
      return value.order.length > 0
    case 'blanks':
      return Object.values(value.texts).some((text) => text.trim() !== '')
    case 'file-upload':
      return value.keys.length > 0
  }
}

/** Whether two pieces of JSON say the same, whatever the order of their keys: the database sorts them its own way. */
export function same(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) !== Array.isArray(other)) return false
  const entries = Object.entries(one)
  const others = new Map(Object.entries(other))
  return entries.length === others.size && entries.every(([key, value]) => same(value, others.get(key)))
}

/** Words of a text, as a person would count them. */
export function wordCount(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’\-.][\p{L}\p{N}]+)*/gu)?.length ?? 0
}

/** The part of a file's storage key that its owner knows it by. */
export function fileName(key: string): string {
  const last = key.slice(key.lastIndexOf('/') + 1)
  return last.replace(/^[a-f0-9]{16,64}[-_.]/, '')
}
