import 'server-only'
import { translator } from '#lib/i18n/translate'
import type { Limit, Notice } from './contract'
import { type Draft, instant, render, type Rendered, type Sender } from './render'

/** What each kind of letter is made of. `token` is the secret part of its link. */
export type LetterData = Readonly<{
  'mail.verify-email': Reader & Link
  'mail.reset-password': Reader & Link
  'mail.magic-link': Reader & Link
  'mail.change-email': Reader & Link
  'mail.invitation': Readonly<{ name: string | null; inviter: string | null; byThemselves: boolean }> & Link
  'mail.school-request': Reader & Link & Readonly<{ schoolName: string; schoolAddress: string }>
  'mail.account-notice': Reader & Readonly<{ what: Notice }>
  'mail.certificate': Reader & Readonly<{ courseTitle: string; code: string; revoked: boolean }>
  'mail.limit-near': Reader & Limit
  'mail.message': Reader &
    Readonly<{ by: string; courseId: string; courseTitle: string; body: string; replies: boolean }>
  'mail.notice': Reader & Stopping & Readonly<{ notice: Told }>
  'mail.notices': Reader & Stopping & Readonly<{ notices: readonly Told[] }>
}>

type Told = Readonly<{ title: string; message: string; link: string | null }>
/** `stop`: path of the page that stops such letters. */
type Stopping = Readonly<{ stop: string }>

type Reader = Readonly<{ name: string }>
type Link = Readonly<{ token: string; expiresAt: Date }>

export type LetterKind = keyof LetterData

type Drafter<Kind extends LetterKind> = (sender: Sender, data: LetterData[Kind]) => Draft

function words(sender: Sender) {
  return translator(sender.locale, 'mail')
}

const to = (path: string, token: string): string => `${path}?token=${encodeURIComponent(token)}`

function linkDrafter(
  kind: 'verify' | 'reset' | 'magic' | 'change',
  path: string,
): (sender: Sender, data: Reader & Link) => Draft {
  return (sender, { name, token, expiresAt }) => {
    const t = words(sender)
    return {
      subject: t(`${kind}Subject`, { sender: sender.name }),
      name,
      paragraphs: [t(`${kind}Body`, { sender: sender.name })],
      action: { label: t(`${kind}Action`), path: to(path, token) },
      after: [
        t('linkOnce', { until: instant(sender, expiresAt) }),
        ...(kind === 'magic' ? [t('magicKeep')] : []),
        t('notYou'),
      ],
    }
  }
}

const invitation: Drafter<'mail.invitation'> = (sender, data) => {
  const { name, inviter, byThemselves, token, expiresAt } = data
  const t = words(sender)
  const body =
    inviter === null
      ? t('invitationBodyNobody', { sender: sender.name })
      : t('invitationBody', { inviter, sender: sender.name })
  const about = { sender: sender.name }
  return {
    subject: byThemselves ? t('signUpSubject', about) : t('invitationSubject', about),
    name,
    paragraphs: [byThemselves ? t('signUpBody', about) : body],
    action: {
      label: byThemselves ? t('signUpAction') : t('invitationAction'),
      path: to('/invitation', token),
    },
    after: [
      t('linkUntil', { until: instant(sender, expiresAt) }),
      byThemselves ? t('notYou') : t('invitationNot'),
    ],
  }
}

const schoolRequest: Drafter<'mail.school-request'> = (sender, data) => {
  const t = words(sender)
  return {
    subject: t('schoolSubject', { school: data.schoolName }),
    name: data.name,
    paragraphs: [t('schoolBody', { school: data.schoolName, address: data.schoolAddress })],
    action: { label: t('schoolAction'), path: to('/sign-up/confirm', data.token) },
    after: [t('linkUntil', { until: instant(sender, data.expiresAt) }), t('notYou')],
  }
}

/** The first part of their keys in the catalogue. */
const NOTICES = {
  'password-changed': 'passwordChanged',
  'second-factor-on': 'secondFactorOn',
  'second-factor-off': 'secondFactorOff',
  'recovery-codes-used': 'recoveryCodesUsed',
  'email-changed': 'emailChanged',
  'email-change-asked': 'emailChangeAsked',
  'email-welcome': 'emailWelcome',
  'identity-linked': 'identityLinked',
  'identity-unlinked': 'identityUnlinked',
  'recovery-codes-new': 'recoveryCodesNew',
  'signed-up-already': 'signedUpAlready',
} as const satisfies Record<Notice, string>

type Words = ReturnType<typeof words>

/** What a notice lets its reader do, and what to do if it wasn't them. An address that was given up signs in no more. */
function helpFor(t: Words, what: Notice): Pick<Draft, 'action' | 'after'> {
  const signIn = { label: t('signedUpAlreadyAction'), path: '/sign-in' }
  if (what === 'signed-up-already') return { action: signIn, after: [t('signedUpAlreadyHelp')] }
  if (what === 'email-changed') return { action: signIn, after: [t('emailChangedHelp')] }
  return { action: { label: t('noticeAction'), path: '/account/security' }, after: [t('noticeHelp')] }
}

const accountNotice: Drafter<'mail.account-notice'> = (sender, { name, what }) => {
  const t = words(sender)
  return {
    subject: t(`${NOTICES[what]}Subject`, { sender: sender.name }),
    name,
    paragraphs: [t(`${NOTICES[what]}Body`, { sender: sender.name })],
    ...helpFor(t, what),
  }
}

const certificate: Drafter<'mail.certificate'> = (sender, { name, courseTitle, code, revoked }) => {
  const t = words(sender)
  const kind = revoked ? 'certificateRevoked' : 'certificateRestored'
  return {
    subject: t(`${kind}Subject`, { course: courseTitle }),
    name,
    paragraphs: [t(`${kind}Body`, { sender: sender.name, course: courseTitle })],
    action: { label: t('certificateAction'), path: `/certificates/${encodeURIComponent(code)}` },
    after: [t(`${kind}After`)],
  }
}

const GIB = 1024 ** 3

const limitNear: Drafter<'mail.limit-near'> = (sender, { name, kind, used, limit }) => {
  const t = words(sender)
  const size = (bytes: number): string => t('gibibytes', { amount: Math.round((bytes / GIB) * 10) / 10 })
  // Rounded down, so that the letter never says that all is used while something is left.
  const share = Math.floor((used / limit) * 100) / 100
  return {
    subject: t('limitSubject', { sender: sender.name, share, kind }),
    name,
    paragraphs: [
      t('limitBody', {
        ...{ sender: sender.name, kind, used, limit },
        ...{ usedText: size(used), limitText: size(limit) },
      }),
    ],
    action: { label: t('limitAction'), path: '/admin' },
    after: [t('limitAfter')],
  }
}

/** What somebody wrote, line by line, as they wrote it. */
const message: Drafter<'mail.message'> = (sender, { name, by, courseId, courseTitle, body, replies }) => {
  const t = words(sender)
  const about = { by, course: courseTitle, sender: sender.name }
  return {
    subject: t('messageSubject', about),
    name,
    paragraphs: [t('messageIntro', about), ...body.split('\n').filter((line) => line.trim() !== '')],
    action: { label: t('messageAction'), path: `/courses/${encodeURIComponent(courseId)}` },
    after: [replies ? t('messageReplies', about) : t('messageNoReplies', about)],
    footer: t('messageFooter', about),
  }
}

const SETTINGS = '/account/notifications'
const NOTICES_PAGE = '/notifications'

/** Where to have fewer of such letters. */
function stopping(t: Words, stop: string): Pick<Draft, 'links'> {
  return {
    links: [
      { label: t('newsStop'), path: stop },
      { label: t('newsSettings'), path: SETTINGS },
    ],
  }
}

const oneNotice: Drafter<'mail.notice'> = (sender, { name, notice, stop }) => {
  const t = words(sender)
  return {
    subject: notice.title,
    name,
    paragraphs: [notice.title, notice.message].filter((text) => text !== ''),
    action: { label: t('newsAction'), path: notice.link ?? NOTICES_PAGE },
    after: [],
    ...stopping(t, stop),
  }
}

const manyNotices: Drafter<'mail.notices'> = (sender, { name, notices, stop }) => {
  const [first, ...others] = notices
  if (first !== undefined && others.length === 0) return oneNotice(sender, { name, notice: first, stop })
  const t = words(sender)
  const about = { count: notices.length, sender: sender.name }
  return {
    subject: t('newsSubject', about),
    name,
    paragraphs: [t('newsBody', about)],
    items: notices.map(({ title, message: text, link: path }) => ({ title, text, path })),
    action: { label: t('newsAll'), path: NOTICES_PAGE },
    after: [],
    ...stopping(t, stop),
  }
}

const DRAFTERS: { readonly [Kind in LetterKind]: Drafter<Kind> } = {
  'mail.verify-email': linkDrafter('verify', '/verify'),
  'mail.reset-password': linkDrafter('reset', '/reset-password'),
  'mail.magic-link': linkDrafter('magic', '/magic-link'),
  'mail.change-email': linkDrafter('change', '/change-email'),
  'mail.invitation': invitation,
  'mail.school-request': schoolRequest,
  'mail.account-notice': accountNotice,
  'mail.certificate': certificate,
  'mail.limit-near': limitNear,
  'mail.message': message,
  'mail.notice': oneNotice,
  'mail.notices': manyNotices,
}

/** A letter in the reader's language, as plain text and as HTML. Every link leads to the sender's own host. */
export function compose<Kind extends LetterKind>(
  kind: Kind,
  sender: Sender,
  data: LetterData[Kind],
): Rendered {
  return render(sender, DRAFTERS[kind](sender, data))
}
