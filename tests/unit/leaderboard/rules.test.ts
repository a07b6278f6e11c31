import { expect, test } from 'vitest'
import { nicknameOf } from '#lib/leaderboard/rules'

// What a learner may be called before others: letters of any script, and nothing that leads elsewhere or hides.

test.each([
  ['Night owl', 'Night owl'],
  ['  Night \t owl  ', 'Night owl'],
  ['Ünal-Öz', 'Ünal-Öz'],
  ['Дмитро', 'Дмитро'],
  ['عمر', 'عمر'],
  ['7 of 9', '7 of 9'],
  ['Ada’s heir', 'Ada’s heir'],
  ['J. R. R.', 'J. R. R.'],
  ['ＦＵＬＬ', 'FULL'],
])('%j is kept as %j', (typed, nickname) => {
  expect(nicknameOf(typed)).toEqual({ nickname })
})

test.each([
  ['', 'short'],
  [' x ', 'short'],
  ['x'.repeat(31), 'long'],
  ['evil.example', 'letters'],
  ['https://evil', 'letters'],
  ['a@b', 'letters'],
  ['<b>', 'letters'],
  ['a\u202Eb', 'letters'],
  ['a\u200Bb', 'letters'],
  ['a\u0000b', 'letters'],
  ['- -', 'letters'],
  ['🦉 owl', 'letters'],
])('%j is refused: %s', (typed, fault) => {
  expect(nicknameOf(typed)).toEqual({ fault })
})
