'use client'

import { useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { filmAddress, filmOf } from '#lib/content/films'
import type { FilmSettings, LessonState, UploadedFile, UploadKind } from '#lib/editor/contract'
import { acceptOf } from '#lib/editor/rules/file-types'
import type { EditorWords } from '#lib/i18n/editor-words'
import { ChooseFile, Field } from './field'
import { Panel, PanelOutcomeView, usePanel } from './panel'
import type { EditorSession } from './session'
import { useTools } from './tools'
import { UploadProgress } from './upload-progress'
import { useUpload } from './use-upload'

function filmSettingsOf({ videoUrl, captions, duration }: LessonState): FilmSettings {
  return { videoUrl, captions, duration }
}

/** Seconds of a typed length in minutes: null for none, undefined for what is none. */
function secondsOf(minutes: string): number | null | undefined {
  const text = minutes.trim().replace(',', '.')
  if (text === '') return null
  const seconds = /^\d{1,4}(?:\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 60) : 0
  return seconds >= 1 ? seconds : undefined
}

function minutesOf(seconds: number | null): string {
  return seconds === null ? '' : String(Math.round((seconds / 60) * 100) / 100)
}

function addressIn(videoUrl: string | null): string {
  return videoUrl !== null && filmOf(videoUrl) !== null ? videoUrl : ''
}

function inWords(words: EditorWords) {
  return ({ videoUrl, captions, duration }: LessonState): string => {
    const w = words.lessonFilm
    const film = videoUrl === null ? w.none : addressIn(videoUrl) === '' ? w.uploaded : videoUrl
    return [
      film,
      captions === null ? w.noCaptions : w.hasCaptions,
      `${w.minutes}: ${minutesOf(duration)}`,
    ].join(' · ')
  }
}

/** A look at the uploaded film; it knows its own length. */
function Preview({ values, onLength }: { values: FilmSettings; onLength: (seconds: number) => void }) {
  const { words, urlOf, locale } = useTools()
  const url = values.videoUrl === null ? undefined : urlOf(values.videoUrl)
  const captions = values.captions === null ? undefined : urlOf(values.captions)
  if (url === undefined) return null
  return (
    <video
      key={`${url} ${captions ?? ''}`}
      controls
      preload="metadata"
      playsInline
      src={url}
      aria-label={words.lessonFilm.preview}
      onLoadedMetadata={(event) => {
        const seconds = Math.round(event.currentTarget.duration)
        if (Number.isFinite(seconds) && seconds >= 1) onLength(seconds)
      }}
      className="aspect-video w-full rounded-md bg-sunken"
    >
      {captions === undefined ? null : (
        <track kind="captions" src={captions} srcLang={locale} label={words.lessonFilm.captions} default />
      )}
    </video>
  )
}

function useFilm(session: EditorSession) {
  const { words, lessonId, addUrl } = useTools()
  const panel = usePanel(session)
  const upload = useUpload(lessonId, words)
  const [values, setValues] = useState(() => filmSettingsOf(session.saver.base))
  const [address, setAddress] = useState(addressIn(values.videoUrl))
  const [minutes, setMinutes] = useState(minutesOf(values.duration))
  // A film that has just arrived tells its length by itself.
  const [fresh, setFresh] = useState(false)
  const [fault, setFault] = useState<Readonly<{ address?: string; minutes?: string }>>({})
  const adopt = (next: Partial<FilmSettings>): void => {
    setValues((now) => ({ ...now, ...next }))
    if (next.videoUrl !== undefined) setAddress(addressIn(next.videoUrl))
    if (next.duration !== undefined) setMinutes(minutesOf(next.duration))
  }
  // What changes alone: two of these may be on their way at once, such as captions and the film's length.
  const save = async (next: Partial<FilmSettings>): Promise<void> => {
    const outcome = await panel.save(next)
    if (outcome.kind === 'saved') adopt(next)
  }
  const receive = async (
    kind: UploadKind,
    file: File,
    put: (stored: UploadedFile) => Partial<FilmSettings>,
  ) => {
    panel.forget()
    const stored = await upload.send(kind, file)
    if (stored === null) return
    addUrl(stored.key, stored.url)
    setFresh(kind === 'video')
    await save(put(stored))
  }
  const submit = (): void => {
    const duration = secondsOf(minutes)
    const film = filmOf(address)
    const wrong = {
      ...(address.trim() !== '' && film === null ? { address: words.film.hrefBad } : {}),
      ...(duration === undefined ? { minutes: words.lessonFilm.minutesBad } : {}),
    }
    setFault(wrong)
    if (Object.keys(wrong).length > 0 || duration === undefined) return
    const own = addressIn(values.videoUrl) === '' ? values.videoUrl : null
    const elsewhere = film === null ? null : filmAddress(film)
    void save({
      videoUrl: elsewhere ?? own,
      captions: elsewhere === null ? values.captions : null,
      duration,
    })
  }
  const known = (seconds: number): void => {
    if (minutes !== '') return
    setMinutes(minutesOf(seconds))
    if (fresh) void save({ duration: seconds })
    setFresh(false)
  }
  return {
    panel,
    upload,
    values,
    address,
    setAddress,
    minutes,
    setMinutes,
    fault,
    adopt,
    save,
    receive,
    submit,
    known,
  }
}

/** The lesson's main film: an address, or an upload with its captions; and how long it is. */
export function FilmPanel({ session }: { session: EditorSession }) {
  const { words } = useTools()
  const w = words.lessonFilm
  const film = useFilm(session)
  const { panel, upload, values } = film
  const own = values.videoUrl !== null && addressIn(values.videoUrl) === ''
  const nothing = { videoUrl: null, captions: null, duration: null }
  return (
    <Panel
      title={w.title}
      submit={panel.busy ? words.panel.saving : words.panel.save}
      busy={panel.busy || upload.progress !== null}
      onSubmit={film.submit}
    >
      {values.videoUrl === null ? <p className="text-14 text-soft">{w.none}</p> : null}
      <Preview values={values} onLength={film.known} />
      <Field
        name="videoUrl"
        label={w.address}
        error={film.fault.address ?? panel.fields['videoUrl'] ?? null}
        value={film.address}
        onValue={film.setAddress}
        maxLength={300}
        dir="ltr"
        inputMode="url"
      />
      <ChooseFile
        name="video"
        label={own ? w.file : w.or}
        help={w.fileHelp}
        accept={acceptOf('video')}
        error={upload.error}
        onFile={(file) =>
          void film.receive('video', file, ({ key }) => ({ videoUrl: key, captions: null, duration: null }))
        }
      />
      {own ? (
        <>
          <ChooseFile
            name="captions"
            label={w.captions}
            help={`${values.captions === null ? w.noCaptions : w.hasCaptions} ${w.captionsHelp}`}
            accept={acceptOf('captions')}
            error={panel.fields['captions'] ?? null}
            onFile={(file) => void film.receive('captions', file, ({ key }) => ({ captions: key }))}
          />
          {values.captions === null ? null : (
            <button
              type="button"
              onClick={() => void film.save({ captions: null })}
              className={buttonClass('plain', 'small')}
            >
              {w.removeCaptions}
            </button>
          )}
        </>
      ) : null}
      <UploadProgress progress={upload.progress} said={upload.said} />
      <Field
        name="minutes"
        label={w.minutes}
        error={film.fault.minutes ?? null}
        value={film.minutes}
        onValue={film.setMinutes}
        inputMode="decimal"
        maxLength={7}
      />
      {values.videoUrl === null ? null : (
        <button
          type="button"
          onClick={() => void film.save(nothing)}
          className={buttonClass('plain', 'small')}
        >
          {w.remove}
        </button>
      )}
      <PanelOutcomeView
        outcome={panel.outcome}
        words={words.panel}
        describe={inWords(words)}
        onTheirs={(theirs) => {
          panel.forget()
          film.adopt(filmSettingsOf(theirs))
        }}
      />
    </Panel>
  )
}
