import { ActionForm } from '#components/ui/action-form'
import { Disclosure } from '#components/ui/disclosure'
import type { FormAction } from '#components/ui/form-context'
import { HiddenFields } from '#components/ui/hidden-fields'
import { Icon } from '#components/ui/icon'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PasswordField } from '#components/ui/password-field'
import type { Door, SignInError, SignInNews } from '#lib/identity/contract'
import { withNext } from '#lib/identity/rules'
import { translator } from '#lib/i18n/translate'
import { AuthFrame } from './auth-frame'
import { AddressField } from './fields'
import { formWords } from './form-words'
import { TextLink } from './text-link'

export type DemoAccountsView = Readonly<{
  password: string
  people: readonly Readonly<{ role: 'student' | 'instructor' | 'admin' | 'root'; email: string }>[]
}>

type Props = {
  door: Door
  action: FormAction
  /** Where to go afterwards, and where one would go anyway. */
  next: string
  home: string
  /** Whether people may ask to join by themselves. */
  open: boolean
  providers: readonly Readonly<{ id: string; name: string }>[]
  error: SignInError | undefined
  done: SignInNews | undefined
  /** Accounts of the demo world; null outside the demo. */
  demo: DemoAccountsView | null
}

function News({ locale, error, done }: { locale: string; error: Props['error']; done: Props['done'] }) {
  const problems = translator(locale, 'auth.problems')
  const news = translator(locale, 'auth.news')
  if (error !== undefined) {
    return (
      <Notice tone="warn" title={problems(error)}>
        {problems(`${error}Body`)}
      </Notice>
    )
  }
  if (done === undefined) return null
  return (
    <Notice tone="good" title={news(done)}>
      {news(`${done}Body`)}
    </Notice>
  )
}

/** The other ways in. They leave the page at once, so they are links and work without a script. */
function Providers({
  locale,
  providers,
  next,
  home,
}: Pick<Props, 'providers' | 'next' | 'home'> & { locale: string }) {
  const t = translator(locale, 'auth.signIn')
  if (providers.length === 0) return null
  return (
    <div className="flex max-w-note flex-col gap-3">
      <p className="flex items-center gap-4 text-14 text-soft before:h-px before:grow before:bg-line after:h-px after:grow after:bg-line">
        {t('or')}
      </p>
      {providers.map(({ id, name }) => (
        <LinkButton key={id} href={withNext(`/api/auth/begin/${id}`, next, home)} look="quiet">
          <Icon name="key" size={18} />
          {t('continueWith', { name })}
        </LinkButton>
      ))}
    </div>
  )
}

function Joining({ door, open }: Pick<Props, 'door' | 'open'>) {
  const t = translator(door.locale, 'auth.signIn')
  if (!door.isSchool) return <p className="max-w-note text-14 text-soft">{t('siteAccess')}</p>
  if (!open) return <p className="max-w-note text-14 text-soft">{t('invitedOnly', { school: door.name })}</p>
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-14 text-soft">
      {t('newHere', { school: door.name })} <TextLink href="/sign-up">{t('signUp')}</TextLink>
    </p>
  )
}

function Demo({ locale, demo }: { locale: string; demo: DemoAccountsView }) {
  const t = translator(locale, 'auth.demo')
  return (
    <div className="max-w-note rounded-sm bg-sunken px-4 text-14">
      <Disclosure summary={<span className="font-medium">{t('summary')}</span>}>
        <p className="text-soft">
          {t('body')} <code className="font-mono text-text select-all">{demo.password}</code>
        </p>
        <dl className="grid gap-x-6 gap-y-1 py-4 sm:grid-cols-[auto_1fr]">
          {demo.people.map(({ role, email }) => (
            <div key={email} className="contents">
              <dt className="text-soft">{t(role)}</dt>
              <dd className="mb-2 min-w-0 select-all sm:mb-0">{email}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
    </div>
  )
}

/** Address and password, and whatever other ways in there are. */
export function SignInView({ door, action, next, home, open, providers, error, done, demo }: Props) {
  const { locale, isSchool, name } = door
  const t = translator(locale, 'auth.signIn')
  const f = translator(locale, 'auth.form')
  return (
    <AuthFrame
      door={door}
      title={isSchool ? t('titleAt', { name }) : t('title')}
      intro={isSchool ? t('intro') : t('introSite')}
      notice={<News locale={locale} error={error} done={done} />}
    >
      <ActionForm
        action={action}
        submit={t('submit')}
        pendingLabel={t('pending')}
        messages={formWords(locale)}
        extra={<TextLink href={withNext('/magic-link', next, home)}>{t('magic')}</TextLink>}
      >
        <HiddenFields values={{ next }} />
        <AddressField locale={locale} />
        <div>
          <PasswordField
            name="password"
            label={f('password')}
            autoComplete="current-password"
            showLabel={f('show')}
            hideLabel={f('hide')}
          />
          <TextLink href="/forgot-password">{t('forgot')}</TextLink>
        </div>
      </ActionForm>
      <Providers locale={locale} providers={providers} next={next} home={home} />
      <Joining door={door} open={open} />
      {demo === null ? null : <Demo locale={locale} demo={demo} />}
    </AuthFrame>
  )
}
