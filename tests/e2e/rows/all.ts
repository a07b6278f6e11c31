import type { ActionRow, PageRow } from './world'
import * as account from './account'
import * as auth from './auth'
import * as learning from './learning'
import * as people from './people'
import * as platform from './platform'
import * as school from './school'

const areas = [auth, account, learning, people, school, platform]

export const PAGES: readonly PageRow[] = areas.flatMap((area) => [...area.PAGES])
export const ACTIONS: readonly ActionRow[] = areas.flatMap((area) => [...area.ACTIONS])
