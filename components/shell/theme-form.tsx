import { Icon, type IconName } from '#components/ui/icon'
import { translator } from '#lib/i18n/translate'

export type ThemeChoice = 'system' | 'light' | 'dark'

/** A server action that receives `theme`, a ThemeChoice. */
export type ThemeAction = (form: FormData) => Promise<void>

const CHOICES = [
  { value: 'system', icon: 'monitor', label: 'themeSystem' },
  { value: 'light', icon: 'sun', label: 'themeLight' },
  { value: 'dark', icon: 'moon', label: 'themeDark' },
] as const satisfies readonly { value: ThemeChoice; icon: IconName; label: string }[]

/** Three buttons of one form: the server remembers the choice in a cookie and renders the page in it. */
export function ThemeForm({
  locale,
  theme,
  action,
}: {
  locale: string
  theme: ThemeChoice
  action: ThemeAction
}) {
  const t = translator(locale, 'shell')
  return (
    <form action={action}>
      <fieldset className="flex flex-col sm:flex-row sm:items-center sm:gap-3">
        <legend className="float-start text-14 text-soft sm:me-3">{t('theme')}</legend>
        <div className="theme-choices clear-start flex gap-1 sm:clear-none">
          {CHOICES.map((choice) => (
            <button
              key={choice.value}
              type="submit"
              name="theme"
              value={choice.value}
              aria-pressed={choice.value === theme}
            >
              <Icon name={choice.icon} size={16} />
              {t(choice.label)}
            </button>
          ))}
        </div>
      </fieldset>
    </form>
  )
}
