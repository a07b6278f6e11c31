/** A passage that an answer names: the lesson, and words that stand in it. `[1]` is the first of a turn. */
type Named = readonly [lesson: string, words: string]

/** A question, its answer, and what that names. */
type Turn = readonly [question: string, answer: string, ...named: readonly Named[]]

export interface ChatScript {
  /** Slug of the course and of the lesson that was open. */
  course: string
  lesson: string
  /** Part of the address before the @. */
  student: string
  turns: readonly Turn[]
}

/** Conversations with the tutor: it asks back before it tells, and says where in the course it has things from. */
export const CHAT_SCRIPTS: readonly ChatScript[] = [
  {
    course: 'sql-for-curious-people',
    lesson: '02-outer-joins',
    student: 'student',
    turns: [
      [
        'My left join loses the museum again as soon as I only want the orders of April. Why? The condition is right!',
        'The condition is right, but look at where it stands. What is `o.ordered_on` in the museum’s row, and what does a comparison with it give? [1]',
        ['02-outer-joins', 'quietly become an inner one'],
      ],
      [
        'It is null, so the comparison is null too … and WHERE only keeps true. So I put it into ON?',
        'Exactly. In `ON` it decides which orders match, and a customer without a match stays with an empty order. In `WHERE` it decides which finished rows stay. [1] The table of the three truth values is worth a second look. [2]',
        ['02-outer-joins', 'quietly become an inner one'],
        ['05-the-value-that-is-not-there', 'third truth value'],
      ],
      [
        'Got it, the museum is back. Thank you!',
        'Well done. A small check for the habit: count the customers before and after. With a left join the number must not fall.',
      ],
    ],
  },
  {
    course: 'reading-the-night-sky',
    lesson: '01-the-moons-month',
    student: 'student2',
    turns: [
      [
        'I saw a half moon this afternoon, quite high. How can the moon be up in daylight?',
        'A good observation. Where was the Sun at that moment, and which side of the Moon was lit? Compare that with the table of phases: which one rises about noon? [1]',
        ['01-the-moons-month', 'fifty minutes'],
      ],
      [
        'The right side was lit and the sun was in the west, so first quarter?',
        'Yes. First quarter rises about noon and is high when the Sun sets, so the afternoon is the best time to see it. [1] The Moon is above the horizon for about half of each day; we only notice it more at night.',
        ['01-the-moons-month', 'fifty minutes'],
      ],
    ],
  },
  {
    course: 'sql-for-curious-people',
    lesson: '03-grouping',
    student: 'ada.nwosu',
    turns: [
      [
        'Can you just give me the query for question 3 of the assignment?',
        'I won’t write it for you, since it is going to be graded, but I will gladly get you to it. Which words of your question name the groups, and which name what you want to know about each group? [1]',
        ['03-grouping', 'something you grouped by or an aggregate'],
      ],
      [
        'Groups are the towns, and I want those with more than two orders.',
        'Then you have nearly written it. The town belongs into `GROUP BY`. “More than two orders” speaks about a group and not about a row: which of `WHERE` and `HAVING` looks at groups? [1]',
        ['03-grouping', 'HAVING'],
      ],
    ],
  },
]

/** A single question: course, lesson that was open, words of the passage that answers it; null: none does. */
export type ShortQuestion = readonly [
  course: string,
  lesson: string,
  words: readonly Named[] | null,
  question: string,
]

const SQL = 'sql-for-curious-people'
const STATS = 'statistics-you-can-trust'
const SKY = 'reading-the-night-sky'

/** What people asked without a conversation coming of it; the tutor quoted. */
export const SHORT_QUESTIONS: readonly ShortQuestion[] = [
  [
    SQL,
    '02-outer-joins',
    [['02-outer-joins', 'quietly become an inner one']],
    'Why does my left join drop customers again when I filter on the date?',
  ],
  [
    SQL,
    '02-outer-joins',
    [['02-outer-joins', 'quietly become an inner one']],
    'What is the difference between a condition in ON and one in WHERE?',
  ],
  [
    SQL,
    '02-outer-joins',
    [['02-outer-joins', 'keep the rows in which the right side is missing']],
    'How do I find the customers who never ordered?',
  ],
  [
    SQL,
    '05-the-value-that-is-not-there',
    [['05-the-value-that-is-not-there', 'third truth value']],
    'Why does WHERE price = NULL find nothing?',
  ],
  [
    SQL,
    '03-grouping',
    [['03-grouping', 'something you grouped by or an aggregate']],
    'It says that my column must appear in GROUP BY. Which one, and why?',
  ],
  [
    SQL,
    '03-grouping',
    [['03-grouping', 'something you grouped by or an aggregate']],
    'Which columns may I select when I group?',
  ],
  [
    SQL,
    '02-order-and-pages',
    [['02-order-and-pages', 'larger than everything']],
    'Where do empty values go when I sort?',
  ],
  [SQL, '04-windows', null, 'How do I connect the results to my spreadsheet program?'],
  [SQL, '03-indexes', null, 'Is MongoDB faster than PostgreSQL?'],
  [STATS, '02-the-middle', [['02-the-middle', 'typical case']], 'Mean or median for delivery times?'],
  [
    STATS,
    '02-the-middle',
    [['02-the-middle', 'typical case']],
    'Why do newspapers give the median income and not the average?',
  ],
  [
    STATS,
    '03-how-spread-out',
    [['03-how-spread-out', 'Interquartile range']],
    'How do I get the IQR of eleven numbers?',
  ],
  [STATS, '03-intervals', null, 'Which software draws these intervals for me?'],
  [
    SKY,
    '01-your-first-night-out',
    [['01-your-first-night-out', 'twenty to thirty minutes']],
    'How long until my eyes are used to the dark?',
  ],
  [
    SKY,
    '02-when-shadows-meet',
    [['02-when-shadows-meet', 'tilted against ours']],
    'Why is there no eclipse at every new moon?',
  ],
]
