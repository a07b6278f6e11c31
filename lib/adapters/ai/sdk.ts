import 'server-only'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { type LanguageModel, streamText } from 'ai'
import { type Ai, config } from '#lib/config'
import type { TextModel } from './model'

/** Tokens of one answer. */
const MOST = 900

function languageModelOf({ provider, baseUrl, model, key }: Ai): LanguageModel {
  if (provider === 'anthropic') {
    return createAnthropic({ apiKey: key ?? '', ...(baseUrl === null ? {} : { baseURL: baseUrl }) })(model)
  }
  const server = createOpenAICompatible({
    ...{ name: 'tutor', baseURL: baseUrl ?? '' },
    ...(key === null ? {} : { apiKey: key }),
  })
  return server(model)
}

/** A model of the AI SDK as the tutor knows one. Nothing is tried twice: what fails is answered otherwise at once. */
export function textModel(model: LanguageModel): TextModel {
  return {
    async *stream({ instructions, messages }, signal) {
      const { stream } = streamText({
        ...{
          model,
          instructions,
          abortSignal: signal,
          maxRetries: 0,
          maxOutputTokens: MOST,
          temperature: 0.2,
        },
        messages: messages.map(({ role, text }) => ({ role, content: text })),
        // Whoever reads the stream gets the error as one of its parts; the SDK would print it.
        onError: () => undefined,
      })
      let ended = false
      for await (const part of stream) {
        if (part.type === 'text-delta') yield part.text
        else if (part.type === 'error') throw part.error
        else if (part.type === 'abort') throw new Error('It was ended.')
        else if (part.type === 'finish') ended = part.finishReason !== 'error'
      }
      if (!ended) throw new Error('It ended without an end.')
    },
  }
}

let made: Readonly<{ from: Ai; model: TextModel }> | null = null

/** The model that this installation is configured with; null: none. */
export function configuredModel(): TextModel | null {
  const { ai } = config()
  if (ai === null) return null
  if (made?.from !== ai) made = { from: ai, model: textModel(languageModelOf(ai)) }
  return made.model
}
