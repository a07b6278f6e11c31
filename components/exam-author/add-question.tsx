'use client'

import { Button } from 'react-aria-components/Button'
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu'
import { Popover } from 'react-aria-components/Popover'
import { buttonClass } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import { QUESTION_TYPES, type QuestionType } from '#lib/exams/rules/drafting'
import type { ExamWords } from '#lib/i18n/exam-author-words'
import { TYPE_ICONS } from './type-marks'

type Props = { words: ExamWords; onAdd: (type: QuestionType) => void }

/** All kinds of questions, one press each. */
export function TypeButtons({ words, onAdd }: Props) {
  return (
    <ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 xl:grid-cols-5">
      {QUESTION_TYPES.map((type) => (
        <li key={type}>
          <button
            type="button"
            onClick={() => onAdd(type)}
            className="flex min-h-12 w-full items-center gap-2.5 rounded-sm border border-line bg-surface px-3 py-2 text-start text-14 font-medium hover:border-accent-8 hover:bg-accent-2"
          >
            <Icon name={TYPE_ICONS[type]} size={18} className="shrink-0 text-accent-11" />
            {words.types[type]}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** The same behind one button, for a pool. */
export function AddQuestion({ words, label, onAdd }: Props & { label: string }) {
  return (
    <MenuTrigger>
      <Button className={buttonClass('plain', 'small')}>
        <Icon name="plus" size={16} />
        {label}
      </Button>
      <Popover
        placement="bottom start"
        className="min-w-52 overflow-auto rounded-md border border-line bg-surface p-1 shadow-float"
      >
        <Menu aria-label={label} className="outline-none">
          {QUESTION_TYPES.map((type) => (
            <MenuItem
              key={type}
              id={type}
              textValue={words.types[type]}
              onAction={() => onAdd(type)}
              className="flex min-h-11 cursor-pointer items-center gap-3 rounded-sm px-3 text-14 outline-none data-focused:bg-accent-4 data-focused:text-accent-12"
            >
              <Icon name={TYPE_ICONS[type]} size={18} className="text-soft" />
              {words.types[type]}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
