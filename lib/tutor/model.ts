import 'server-only'
import { ModelFailure, PATIENCE } from '#lib/adapters/ai/model'
import { configuredModel } from '#lib/adapters/ai/sdk'
import { AppError } from '#lib/errors'
import { answer, type Answering } from './answer'
import type { Asked } from './ask'
import type { ChatMessage } from './contract'

/** Whether a language model is set up; else passages are quoted. */
export function usesModel(): boolean {
  return configuredModel() !== null
}

/** Why a model gave no answer, for the log: our own words and the kind of its error, never what it said. */
function failureOf(error: unknown): AppError {
  const cause = error instanceof ModelFailure ? error.cause : error
  const kind = cause instanceof Error ? ` (${cause.name})` : ''
  const text = error instanceof ModelFailure ? error.message : 'It failed.'
  return new AppError('unavailable', `The tutor’s model gave no answer. ${text}${kind}`)
}

/** Answers with the model that this installation is set up with, as `answer`. */
export async function answerAsSetUp(
  asked: Asked,
  how: Omit<Answering, 'model' | 'patience'>,
): Promise<ChatMessage | null> {
  const failed = (error: unknown): void => how.failed(failureOf(error))
  return answer(asked, { ...how, failed, model: configuredModel(), patience: PATIENCE })
}
