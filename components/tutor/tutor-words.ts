import { translator } from '#lib/i18n/translate'
import type { AnswerWords, TutorWords } from './contract'

/** What stands beside the answers of a conversation. */
export function answerWords(locale: string): AnswerWords {
  const t = translator(locale, 'tutor')
  return {
    ...{ you: t('panel.you'), tutor: t('panel.tutor'), sources: t('panel.sources') },
    goTo: t('panel.goTo', { n: '{n}', place: '{place}' }),
    source: {
      passages: t('source.passages'),
      nothing: t('source.nothing'),
      refused: t('source.refused'),
    },
    remark: {
      failed: t('remark.failed'),
      month: t('remark.month'),
      stopped: t('remark.stopped'),
      lost: t('remark.lost'),
      unnamed: t('remark.unnamed'),
    },
  }
}

/** All that the panel beside a lesson says. @param hasModel whether a language model answers, or passages are quoted */
export function tutorWords(locale: string, hasModel: boolean): TutorWords {
  const t = translator(locale, 'tutor.panel')
  return {
    ...answerWords(locale),
    open: t('open'),
    title: t('title'),
    close: t('close'),
    what: t(hasModel ? 'what' : 'whatQuoting'),
    who: t('who'),
    question: t('question'),
    send: t('send'),
    stop: t('stop'),
    fresh: t('fresh'),
    earlier: t('earlier'),
    all: t('all'),
    emptyTitle: t('emptyTitle'),
    emptyBody: t('emptyBody'),
    thinking: t('thinking'),
    done: t('done'),
    stopped: t('stopped'),
    loading: t('loading'),
    unreachable: t('unreachable'),
    busy: t('busy'),
    needed: t('needed'),
    signedOut: t('signedOut'),
  }
}
