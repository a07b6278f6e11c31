'use client'

import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { onOtherPanel, tellPanels } from '../lesson/side-panels'
import type { TutorOf } from './contract'

// The panel comes with the first call for it: most visits of a lesson never open it.
const load = () => import('./tutor-panel')
const TutorPanel = lazy(() => load().then((module) => ({ default: module.TutorPanel })))

/** The way to the tutor beside a lesson. Without a script it leads to what was asked before. */
export function Tutor({ of }: { of: TutorOf }) {
  const [open, setOpen] = useState(false)
  const [calls, setCalls] = useState(0)
  const opener = useRef<HTMLAnchorElement>(null)
  useEffect(() => onOtherPanel('tutor', () => setOpen(false)), [])
  const close = (): void => {
    setOpen(false)
    opener.current?.focus()
  }
  return (
    <div className="font-sans" data-chrome>
      <a
        ref={opener}
        href={`/courses/${of.courseId}/tutor`}
        aria-expanded={open}
        onPointerEnter={() => void load().catch(() => undefined)}
        onClick={(event) => {
          event.preventDefault()
          if (open) {
            close()
            return
          }
          tellPanels('tutor')
          setOpen(true)
          setCalls((before) => before + 1)
        }}
        className={buttonClass('quiet', 'small')}
      >
        <Icon name="tip" size={16} />
        {of.words.open}
      </a>
      {calls > 0 ? (
        <Suspense fallback={null}>
          <TutorPanel of={of} open={open} calls={calls} onClose={close} />
        </Suspense>
      ) : null}
    </div>
  )
}
