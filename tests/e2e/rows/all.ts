import type { ActionRow, PageRow } from './world'
import * as account from './account'
import * as assignments from './assignments'
import * as assignmentsAuthor from './assignments-author'
import * as assignmentsGrade from './assignments-grade'
import * as auth from './auth'
import * as awards from './awards'
import * as bank from './bank'
import * as classes from './classes'
import * as editor from './editor'
import * as exams from './exams'
import * as examsAuthor from './exams-author'
import * as examsGrade from './exams-grade'
import * as grades from './grades'
import * as insight from './insight'
import * as learning from './learning'
import * as motivation from './motivation'
import * as notes from './notes'
import * as notifications from './notifications'
import * as people from './people'
import * as platform from './platform'
import * as school from './school'
import * as teach from './teach'
import * as search from './search'
import * as tutor from './tutor'

const areas = [
  assignments,
  assignmentsAuthor,
  assignmentsGrade,
  auth,
  account,
  awards,
  bank,
  classes,
  editor,
  exams,
  examsAuthor,
  examsGrade,
  grades,
  insight,
  learning,
  motivation,
  notes,
  notifications,
  people,
  school,
  platform,
  teach,
  search,
  tutor,
]

export const PAGES: readonly PageRow[] = areas.flatMap((area) => [...area.PAGES])
export const ACTIONS: readonly ActionRow[] = areas.flatMap((area) => [...area.ACTIONS])
