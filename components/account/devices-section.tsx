import { ActionForm } from '#components/ui/action-form'
import { ConfirmForm } from '#components/ui/confirm-form'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Icon, type IconName } from '#components/ui/icon'
import { Section } from '#components/ui/section'
import { StatusBadge } from '#components/ui/status-badge'
import { Time } from '#components/ui/time'
import type { AccountPlace, Device } from '#lib/account/contract'
import { formatter, translator } from '#lib/i18n/translate'
import { formWords } from '../form/form-words'

export type DeviceActions = Readonly<Record<'endSession' | 'endOtherSessions', FormAction>>

type Named = Readonly<{ id: string; name: string }>

const METHODS = ['password', 'magic-link', 'invitation', 'sign-up'] as const
const HANDHELD = new Set(['iPhone', 'iPad', 'Android'])

function iconOf(device: Device): IconName {
  return device.system !== null && HANDHELD.has(device.system) ? 'phone' : 'monitor'
}

/** Minutes without a request after which somebody isn't there any more; a session notes them every five. */
const ACTIVE_MINUTES = 6

function Words({
  place,
  device,
  providers,
}: {
  place: AccountPlace
  device: Device
  providers: readonly Named[]
}) {
  const { locale, timeZone } = place
  const t = translator(locale, 'account.devices')
  const format = formatter(locale, timeZone)
  const full = (at: Date) => format.dateTime(at, { dateStyle: 'full', timeStyle: 'short' })
  const now = new Date()
  const active = now.getTime() - device.lastSeenAt.getTime() < ACTIVE_MINUTES * 60_000
  const known = METHODS.find((name) => name === device.method)
  const name = providers.find(({ id }) => id === device.method)?.name ?? device.method
  const method = known === undefined ? t('methods.other', { name }) : t(`methods.${known}`)
  return (
    <>
      <p className="text-14 text-soft">
        <Time iso={device.lastSeenAt.toISOString()} full={full(device.lastSeenAt)}>
          {active ? t('now') : t('lastSeen', { when: format.relativeTime(device.lastSeenAt, now) })}
        </Time>
        {device.ip === null ? null : (
          <>
            {' · '}
            <span className="wrap-anywhere">{t('from', { ip: device.ip })}</span>
          </>
        )}
      </p>
      <p className="text-14 text-soft">
        {t('since', {
          when: format.dateTime(device.createdAt, { day: 'numeric', month: 'long', year: 'numeric' }),
          method,
        })}
      </p>
    </>
  )
}

function nameOf(locale: string, { browser, system }: Device): string {
  const t = translator(locale, 'account.devices')
  const shown = browser ?? t('unknownBrowser')
  return system === null ? shown : t('on', { browser: shown, system })
}

/** Where somebody is signed in, and the way to end it there. */
export function DevicesSection({
  place,
  devices,
  providers,
  actions,
}: {
  place: AccountPlace
  devices: readonly Device[]
  providers: readonly Named[]
  actions: DeviceActions
}) {
  const { locale } = place
  const t = translator(locale, 'account.devices')
  const f = translator(locale, 'account.form')
  const ordered = [...devices].sort((one, other) => Number(other.isThis) - Number(one.isThis))
  const others = devices.filter(({ isThis }) => !isThis).length
  return (
    <Section id="devices" title={t('title')} description={t('intro')}>
      <ul aria-label={t('list')} className="divide-y divide-line border-y border-line">
        {ordered.map((device) => (
          <li key={device.id} className="flex flex-wrap items-start gap-x-4 gap-y-3 py-4">
            <Icon name={iconOf(device)} size={22} className="mt-0.5 text-soft" />
            <div className="min-w-0 grow basis-56">
              <p className="flex flex-wrap items-center gap-x-3 gap-y-1 font-medium">
                {nameOf(locale, device)}
                {device.isThis ? <StatusBadge tone="good">{t('this')}</StatusBadge> : null}
              </p>
              <Words place={place} device={device} providers={providers} />
            </div>
            {device.isThis ? null : (
              <ActionForm
                action={actions.endSession}
                submit={t('end')}
                submitLook="quiet"
                pendingLabel={t('ending')}
                messages={formWords(locale)}
              >
                <HiddenFields values={{ sessionId: device.id }} />
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
      <div className="mt-4">
        {others === 0 ? (
          <p className="text-14 text-soft">{t('only')}</p>
        ) : (
          <ConfirmForm
            id="end-others"
            trigger={{ label: t('endAll') }}
            title={t('endAllTitle')}
            consequence={t('endAllBody', { count: others })}
            action={actions.endOtherSessions}
            submit={t('endAll')}
            pendingLabel={t('ending')}
            cancel={f('cancel')}
            messages={formWords(locale)}
          />
        )}
      </div>
    </Section>
  )
}
