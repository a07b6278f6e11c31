import { AdminPage, type AdminProps } from '#components/admin/admin-page'
import { Avatar } from '#components/ui/avatar'
import { DefinitionList } from '#components/ui/definition-list'
import { LinkButton } from '#components/ui/link-button'
import { Notice } from '#components/ui/notice'
import { PageHeader } from '#components/ui/page-header'
import { Section } from '#components/ui/section'
import { formatter, translator } from '#lib/i18n/translate'
import type { PersonDone, PersonView } from '#lib/people/contract'
import { Done } from './done'
import { Moment } from './moment'
import { PersonAccess } from './person-access'
import type { PersonActions } from './person-actions'
import { PersonDelete } from './person-delete'
import { PersonRoles } from './person-roles'
import { RoleWords, StateBadge } from './person-words'
import { workInWords } from './work-words'

type Props = AdminProps & {
  person: PersonView
  done: PersonDone | undefined
  /** IANA, the school's. */
  timeZone: string
  actions: PersonActions
}

function Facts({ locale, timeZone, person }: { locale: string; timeZone: string; person: PersonView }) {
  const t = translator(locale, 'people.person')
  const { courses, ...left } = person.work
  const taught = courses === 0 ? [] : [t('courses', { count: courses })]
  const work = [...taught, ...workInWords(locale, left)]
  const moment = (at: Date | null) => <Moment locale={locale} timeZone={timeZone} at={at} />
  return (
    <Section id="facts" title={t('facts')} description={t('viewed')}>
      <DefinitionList
        items={[
          { term: t('role'), detail: <RoleWords locale={locale} {...person} /> },
          { term: t('joined'), detail: moment(person.joinedAt) },
          { term: t('lastSeen'), detail: moment(person.lastSeenAt) },
          { term: t('sessions'), detail: t('sessionsOn', { count: person.sessions }) },
          {
            term: t('secondFactor'),
            detail: person.secondFactor ? t('secondFactorOn') : t('secondFactorOff'),
          },
          { term: t('timeZone'), detail: person.timeZone ?? t('timeZoneSchool', { zone: timeZone }) },
          {
            term: t('work'),
            detail:
              work.length === 0 ? t('noWork') : formatter(locale, timeZone).list(work, { type: 'unit' }),
          },
        ]}
      />
    </Section>
  )
}

function Standing({ locale, person }: { locale: string; person: PersonView }) {
  const t = translator(locale, 'people.person')
  if (person.objection === 'self') {
    return (
      <Notice
        tone="info"
        title={t('selfTitle')}
        action={
          <LinkButton href="/account" look="quiet" size="small">
            {t('selfAction')}
          </LinkButton>
        }
      >
        {t('selfBody')}
      </Notice>
    )
  }
  if (person.objection === 'beyond') {
    return (
      <Notice tone="info" title={t('beyondTitle')}>
        {t('beyondBody')}
      </Notice>
    )
  }
  if (!person.lastAdmin) return null
  return (
    <Notice tone="warn" title={t('lastAdminTitle')}>
      {t('lastAdminBody')}
    </Notice>
  )
}

/** One person, and all that can be done to them by those who run the school. */
export function PersonPage({ person, done, timeZone, actions, ...admin }: Props) {
  const { locale } = admin
  const t = translator(locale, 'people')
  const part = { locale, person, actions }
  return (
    <AdminPage {...admin} current="people">
      <Done locale={locale} done={done} />
      <div className="flex items-start gap-5">
        <span className="hidden pt-8 sm:block">
          <Avatar name={person.name} src={person.avatarUrl} size="lg" />
        </span>
        <div className="min-w-0 grow">
          <PageHeader
            title={person.name}
            badge={<StateBadge locale={locale} state={person.state} />}
            intro={<span className="wrap-anywhere">{person.email}</span>}
            crumbs={{ label: t('crumbs'), items: [{ label: t('title'), href: '/admin/people' }] }}
          />
        </div>
      </div>
      <Standing locale={locale} person={person} />
      <Facts locale={locale} timeZone={timeZone} person={person} />
      {person.objection === null ? (
        <>
          <PersonRoles {...part} />
          <PersonAccess {...part} />
          {person.lastAdmin ? null : <PersonDelete {...part} />}
        </>
      ) : null}
    </AdminPage>
  )
}
