import { formWords } from '../form/form-words'
import { ConfirmForm } from '#components/ui/confirm-form'
import { Section } from '#components/ui/section'
import { formatter, translator } from '#lib/i18n/translate'
import { KEPT_DAYS, type PersonView } from '#lib/people/contract'
import type { PersonActions } from './person-actions'
import { SuccessorField } from './successor-field'
import { workInWords } from './work-words'

type Props = { locale: string; person: PersonView; actions: PersonActions }

/** Titles that the question names; further ones are counted. */
const NAMED = 3

function Consequence({ locale, person }: { locale: string; person: PersonView }) {
  const t = translator(locale, 'people.person')
  const write = formatter(locale, 'UTC')
  const { courses: count, ...left } = person.work
  const work = workInWords(locale, left)
  const titles = person.courses.slice(0, NAMED).map((course) => `“${course.title}”`)
  const more = count - titles.length
  const named = more > 0 ? [...titles, t('andMore', { count: more })] : titles
  return (
    <div className="flex flex-col gap-2">
      <p className="wrap-anywhere">{t('deleteGone', { email: person.email })}</p>
      <p>
        {work.length === 0
          ? t('deleteNothing')
          : t('deleteKept', { work: write.list(work), days: KEPT_DAYS })}
      </p>
      {count === 0 ? null : <p>{t('deleteCourses', { count, titles: write.list(named) })}</p>}
    </div>
  )
}

/** The way out of the school, with what goes and what stays. */
export function PersonDelete({ locale, person, actions }: Props) {
  const t = translator(locale, 'people.person')
  const { name } = person
  return (
    <Section id="delete" title={t('deleteTitle')} description={t('deleteIntro')}>
      <ConfirmForm
        id="delete-person"
        trigger={{ label: t('delete', { name }), icon: 'trash' }}
        title={t('deleteAsk', { name })}
        consequence={<Consequence locale={locale} person={person} />}
        action={actions.remove}
        values={{ userId: person.id }}
        submit={t('deleteNow')}
        pendingLabel={translator(locale, 'people')('pending')}
        cancel={translator(locale, 'admin.form')('cancel')}
        messages={formWords(locale)}
      >
        {person.work.courses === 0 ? null : (
          <SuccessorField label={t('successor')} help={t('successorHelp')} teachers={person.teachers} />
        )}
      </ConfirmForm>
    </Section>
  )
}
