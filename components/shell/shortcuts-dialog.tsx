import { ClosePopoverButton } from '#components/ui/close-popover-button'
import { Kbd } from '#components/ui/kbd'
import { ShortcutToggle } from '#components/palette/shortcut-toggle'
import { SHORTCUTS_ID } from '../palette/shortcuts'
import { translator } from '#lib/i18n/translate'

type Row = Readonly<{ keys: readonly string[]; does: string }>

function Rows({ rows, or }: { rows: readonly Row[]; or: string }) {
  return (
    <dl className="keys mt-3">
      {rows.map((row) => (
        <div key={row.does}>
          <dt>{row.does}</dt>
          <dd>{row.keys.flatMap((key, index) => [index > 0 ? or : null, <Kbd key={key}>{key}</Kbd>])}</dd>
        </div>
      ))}
    </dl>
  )
}

function lessonRows(locale: string): Row[] {
  const t = translator(locale, 'lessonKeys')
  return [
    { keys: ['K', t('space')], does: t('play') },
    { keys: ['J', 'L'], does: t('seek') },
    { keys: ['C'], does: t('captions') },
    { keys: ['N'], does: t('note') },
    { keys: ['[', ']'], does: t('neighbours') },
    { keys: ['M'], does: t('done') },
  ]
}

function examRows(locale: string): Row[] {
  const t = translator(locale, 'examKeys')
  return [
    { keys: ['[', ']'], does: t('neighbours') },
    { keys: ['F'], does: t('flag') },
    { keys: ['O'], does: t('overview') },
    { keys: ['T'], does: t('time') },
  ]
}

function gradeRows(locale: string): Row[] {
  const t = translator(locale, 'examGrade.keys')
  return [
    { keys: ['P', 'N'], does: t('neighbours') },
    { keys: [t('digits')], does: t('points') },
    { keys: ['Ctrl Enter', '⌘ Enter'], does: t('save') },
  ]
}

/** The list of shortcuts: a popover, so that its button in the footer opens it without a script. */
export function ShortcutsDialog({ locale }: { locale: string }) {
  const t = translator(locale, 'shell')
  const rows = [
    { keys: ['Ctrl K', '⌘ K'], does: t('shortcutPalette') },
    { keys: ['/'], does: t('shortcutSearch') },
    { keys: ['?'], does: t('shortcutHelp') },
    { keys: ['Esc'], does: t('shortcutClose') },
  ]
  return (
    <div
      id={SHORTCUTS_ID}
      popover="auto"
      role="dialog"
      aria-labelledby={`${SHORTCUTS_ID}-title`}
      tabIndex={-1}
      autoFocus
      className="arrive m-auto max-h-[85dvh] w-[min(28rem,calc(100vw-2rem))] overflow-y-auto rounded-md border border-line bg-surface p-6 shadow-float"
    >
      <div className="flex items-center justify-between gap-4">
        <h2 id={`${SHORTCUTS_ID}-title`} className="text-18 font-semibold">
          {t('shortcuts')}
        </h2>
        <ClosePopoverButton popover={SHORTCUTS_ID} label={t('close')} />
      </div>
      <Rows rows={rows} or={t('or')} />
      <h3 className="mt-3 text-14 font-semibold">{translator(locale, 'lessonKeys')('title')}</h3>
      <Rows rows={lessonRows(locale)} or={t('or')} />
      <h3 className="mt-3 text-14 font-semibold">{translator(locale, 'examKeys')('title')}</h3>
      <Rows rows={examRows(locale)} or={t('or')} />
      <h3 className="mt-3 text-14 font-semibold">{translator(locale, 'examGrade.keys')('title')}</h3>
      <Rows rows={gradeRows(locale)} or={t('or')} />
      <ShortcutToggle label={t('shortcutToggle')} note={t('shortcutsNote')} />
    </div>
  )
}
