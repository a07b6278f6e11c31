import type { ExamEventKind } from '#lib/db/generated/client'
import { after, MINUTE } from './clock'
import { seedId } from './ids'
import { random } from './random'
import type { Rows } from './rows'
import type { Sitting } from './sittings'

type Told = Readonly<{ kind: ExamEventKind; at: Date; detail?: Rows['ExamEvent'][number]['detail'] }>

/** What happened in one sitting: most are quiet, some people look elsewhere, some lose their network. */
function eventsOf({ id, startedAt, submittedAt, answers }: Sitting): Told[] {
  if (submittedAt === null) return [{ kind: 'OPENED', at: after(startedAt, 1_200) }]
  const chance = random('exam events', id)
  const span = submittedAt.getTime() - startedAt.getTime()
  const sometime = (): Date => after(startedAt, span * (0.15 + 0.7 * chance.next()))
  const pair = (kinds: readonly [ExamEventKind, ExamEventKind], seconds: number): Told[] => {
    const at = sometime()
    return [
      { kind: kinds[0], at },
      { kind: kinds[1], at: after(at, Math.min(seconds * 1_000, span / 10)), detail: { seconds } },
    ]
  }
  const essay = answers.find(({ value }) => value.type === 'essay')
  const told: Told[] = [{ kind: 'OPENED', at: after(startedAt, 1_200) }]
  for (let times = chance.chance(0.35) ? chance.between(1, 3) : 0; times > 0; times -= 1)
    told.push(...pair(['FOCUS_LOST', 'FOCUS_BACK'], chance.between(3, 50)))
  if (chance.chance(0.3)) told.push(...pair(['OFFLINE', 'RECONNECTED'], chance.between(5, 55)))
  if (essay !== undefined && chance.chance(0.2)) {
    const detail = { questionId: essay.question.id, length: chance.between(40, 400) }
    told.push({ kind: 'PASTED', at: after(essay.savedAt, -MINUTE / 4), detail })
  }
  return told.sort((one, other) => one.at.getTime() - other.at.getTime())
}

/** The logs of some sittings: every third one's, so that many are empty, as of attempts made before there was a log. */
export function examEventRows(sittings: readonly Sitting[]): Rows['ExamEvent'] {
  return sittings
    .filter((_sitting, index) => index % 3 === 0)
    .flatMap((sitting) =>
      eventsOf(sitting).map(({ kind, at, detail = {} }, index) => ({
        id: seedId('exam event', sitting.id, index),
        tenantId: sitting.learning.person.tenantId,
        attemptId: sitting.id,
        key: `seed-${index + 1}`,
        ...{ kind, at, detail, createdAt: at },
      })),
    )
}
