import type { Remark, Source } from '#lib/tutor/contract/limits'

/** Words beside an answer. `goTo` holds `{n}` and `{place}`. */
export type AnswerWords = Readonly<{
  you: string
  tutor: string
  sources: string
  goTo: string
  source: Readonly<Record<Exclude<Source, 'model'>, string>>
  remark: Readonly<Record<Remark, string>>
}>

export type TutorWords = AnswerWords &
  Readonly<{
    open: string
    title: string
    close: string
    what: string
    who: string
    question: string
    send: string
    stop: string
    fresh: string
    earlier: string
    all: string
    emptyTitle: string
    emptyBody: string
    thinking: string
    done: string
    stopped: string
    loading: string
    unreachable: string
    busy: string
    needed: string
    signedOut: string
  }>

/** The lesson that the tutor stands beside, and who asks. */
export type TutorOf = Readonly<{ courseId: string; lessonId: string; readerId: string; words: TutorWords }>
