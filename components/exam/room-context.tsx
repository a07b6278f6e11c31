'use client'

import { createContext, useContext, useSyncExternalStore } from 'react'
import type { ExamWords } from '#lib/i18n/exam-words'
import type { Sitting } from './sitting'
import type { RoomState } from './state'

/** What the server's page hands to the room. */
export type RoomProps = Readonly<{
  examId: string
  title: string
  words: ExamWords
  /** BCP 47, for numbers and dates. */
  locale: string
  /** IANA, of the reader. */
  timeZone: string
}>

type Room = RoomProps & Readonly<{ sitting: Sitting }>

const RoomContext = createContext<Room | null>(null)

export const RoomProvider = RoomContext.Provider

/** The room that a component stands in. @throws Error outside of one */
export function useRoom(): Room {
  const room = useContext(RoomContext)
  if (room === null) throw new Error('This part of the exam room stands outside of it.')
  return room
}

/** A part of the room's state; the component is drawn anew only when that part changes. */
export function useRoomState<T>(pick: (state: RoomState) => T): T {
  const { state } = useRoom().sitting
  return useSyncExternalStore(
    state.subscribe,
    () => pick(state.get()),
    () => pick(state.get()),
  )
}
