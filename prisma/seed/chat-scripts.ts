/** A question and its answer, or the next pair. `[1]` refers to the lessons named at the end of an answer. */
export interface ChatScript {
  /** Slug of the course and of the lesson that was open. */
  course: string
  lesson: string
  /** Part of the address before the @. */
  student: string
  turns: readonly (readonly [question: string, answer: string])[]
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
      ],
      [
        'It is null, so the comparison is null too … and WHERE only keeps true. So I put it into ON?',
        'Exactly. In `ON` it decides which orders match, and a customer without a match stays with an empty order. In `WHERE` it decides which finished rows stay. [1] The table of the three truth values is worth a second look. [2]\n\n[1] Keeping the ones without a match\n[2] The value that is not there',
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
      ],
      [
        'The right side was lit and the sun was in the west, so first quarter?',
        'Yes. First quarter rises about noon and is high when the Sun sets, so the afternoon is the best time to see it. [1] The Moon is above the horizon for about half of each day; we only notice it more at night.\n\n[1] The Moon’s month',
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
      ],
      [
        'Groups are the towns, and I want those with more than two orders.',
        'Then you have nearly written it. The town belongs into `GROUP BY`. “More than two orders” speaks about a group and not about a row: which of `WHERE` and `HAVING` looks at groups? [1]\n\n[1] Many rows, one number',
      ],
    ],
  },
]
