import type { Topic } from '../contract/views'

type Mark = Readonly<{
  /** What the question is about: its tags in the bank; none: its exam. */
  tags: readonly string[]
  exam: string
  points: number
  maxPoints: number
}>

/**
 * Points by topic, the weakest first. A question of several topics counts in each. Points below nothing are nothing: a
 * wrong choice that costs something says no more about a topic than one that doesn't.
 */
export function topicsOf(marks: readonly Mark[]): Topic[] {
  const topics = new Map<string, Topic>()
  for (const { tags, exam, points, maxPoints } of marks) {
    if (maxPoints <= 0) continue
    for (const topic of tags.length === 0 ? [exam] : new Set(tags)) {
      const there = topics.get(topic) ?? { topic, questions: 0, points: 0, maxPoints: 0 }
      topics.set(topic, {
        topic,
        questions: there.questions + 1,
        points: there.points + Math.min(Math.max(0, points), maxPoints),
        maxPoints: there.maxPoints + maxPoints,
      })
    }
  }
  const share = ({ points, maxPoints }: Topic): number => points / maxPoints
  return [...topics.values()].sort(
    (one, other) => share(one) - share(other) || (one.topic < other.topic ? -1 : 1),
  )
}
