/** What learners of the demo world could ask, and where the answer stands: course, lesson, and words of the passage. */

export type Asked = readonly [course: string, lesson: string, words: RegExp, question: string]

const SQL = 'sql-for-curious-people'
const SKY = 'reading-the-night-sky'
const STATS = 'statistics-you-can-trust'
const WRITING = 'writing-that-gets-read'
const SAFETY = 'globex-workshop-safety'
const BUDGET = 'globex-budgeting-for-projects'

export const QUESTIONS: readonly Asked[] = [
  [SQL, '01-a-table-is-a-promise', /constraints/, 'What is a constraint and who checks it?'],
  [SQL, '02-the-key-to-a-row', /should never change/, 'Why shouldn’t I use the title as the key of a table?'],
  [SQL, '02-the-key-to-a-row', /the pair is/, 'Can a primary key be made of two columns?'],
  [SQL, '03-one-fact-one-place', /can't delete a member/, 'Can I delete a member who still has invoices?'],
  [
    SQL,
    '05-the-value-that-is-not-there',
    /third truth value/,
    'What happens when I compare something with null?',
  ],
  [
    SQL,
    '01-select-and-where',
    /`?FROM`?: which rows|which rows are there at all/,
    'In which order does the database work through the parts of a query?',
  ],
  [SQL, '02-order-and-pages', /larger than everything/, 'Do nulls come first or last when I sort?'],
  [
    SQL,
    '02-order-and-pages',
    /OFFSET|after.*the last one seen/s,
    'How do I get the second page of a list of results?',
  ],
  [
    SQL,
    '03-text-and-dates',
    /skips what is missing/,
    'How can I glue name and town together when the town may be missing?',
  ],
  [SQL, '03-text-and-dates', /timestamptz/, 'Which type should I use for an exact moment across time zones?'],
  [SQL, '01-inner-join', /does not appear at all/, 'Why is an author without books not in my join?'],
  [
    SQL,
    '02-outer-joins',
    /quietly become an inner one/,
    'My left join loses customers as soon as I filter on April, why?',
  ],
  [
    SQL,
    '02-outer-joins',
    /keep the rows in which the right side is missing|NOT EXISTS/,
    'How can I find customers who never ordered anything?',
  ],
  [
    SQL,
    '03-grouping',
    /something you grouped by or an aggregate/,
    'Which columns may stand in SELECT when I use GROUP BY?',
  ],
  [SQL, '04-windows', /PARTITION BY/, 'How do I make a running total for each customer?'],
  [
    SQL,
    '01-changing-data',
    /one sale is lost/,
    'What goes wrong if two sellers lower the stock at the same moment?',
  ],
  [
    SQL,
    '02-transactions',
    /consistent from its first line|BEGIN|all or nothing/i,
    'How do I make sure that a transfer between two accounts happens completely or not at all?',
  ],
  [
    SQL,
    '03-indexes',
    /telephone book/,
    'Does an index on customer and day help when I search by customer only?',
  ],
  [SQL, '04-reading-a-plan', /Seq Scan/, 'What does Seq Scan mean in a query plan?'],
  [
    SKY,
    '01-your-first-night-out',
    /twenty to thirty minutes/,
    'How long do my eyes need to get used to the dark?',
  ],
  [
    SKY,
    '01-your-first-night-out',
    /slightly beside it/,
    'I can’t see a faint star when I look straight at it. What can I do?',
  ],
  [SKY, '02-directions-on-a-dome', /Azimuth/, 'What is the difference between altitude and azimuth?'],
  [
    SKY,
    '03-a-ruler-at-the-end-of-your-arm',
    /short arms/,
    'Does measuring with the fist work for children too?',
  ],
  [SKY, '04-why-the-sky-turns', /circumpolar/, 'Which stars never set?'],
  [SKY, '01-the-moons-month', /earthshine/, 'Why does the dark part of a crescent moon glow a little?'],
  [SKY, '01-the-moons-month', /fifty minutes/, 'How much later does the moon rise each day?'],
  [SKY, '02-when-shadows-meet', /tilted against ours/, 'Why isn’t there an eclipse every month?'],
  [SKY, '02-when-shadows-meet', /400 times/, 'How can the small Moon cover the huge Sun?'],
  [SKY, '03-wandering-stars', /ecliptic/, 'Why are the planets always found along one line?'],
  [SKY, '03-wandering-stars', /26 months/, 'How often does Mars get really bright?'],
  [SKY, '02-the-plough-and-the-pole', /five times their distance/, 'How do I find the pole star?'],
  [SKY, '03-orion-the-signpost', /Orion Nebula/, 'What is the misty patch in Orion’s sword?'],
  [
    SKY,
    '01-the-colour-of-heat',
    /isn't the Sun green/,
    'If the maximum is green, why does the sun look white?',
  ],
  [SKY, '02-how-far-away', /not a time/, 'Is a light-year a time or a distance?'],
  [SKY, '03-a-pair-of-binoculars', /70 times/, 'How much more light do binoculars collect than my eye?'],
  [
    STATS,
    '02-the-middle',
    /total matters|typical case/,
    'When should I report the median instead of the average?',
  ],
  [STATS, '03-how-spread-out', /Interquartile range/, 'How is the interquartile range calculated?'],
  [
    STATS,
    '03-what-causes-what',
    /regression to the mean/,
    'Why do the worst results improve by themselves the next time?',
  ],
  [WRITING, '02-let-verbs-work', /-tion/, 'How do I spot nouns that hide an action?'],
  [WRITING, '04-say-who-does-what', /doer is unknown/, 'When is the passive all right?'],
  [
    WRITING,
    '02-paragraphs-with-one-job',
    /Which sentence doesn't belong/,
    'Which sentence does not belong in the paragraph about the library?',
  ],
  [WRITING, '03-be-exact', /click here/, 'What text should a link have?'],
  [
    WRITING,
    '03-be-exact',
    /March to some and April/,
    'How should I write a date so that nobody misreads it?',
  ],
  [WRITING, '02-three-passes', /backwards/, 'How do I proofread names and numbers?'],
  [SAFETY, '03-dressed-for-the-machine', /No gloves at machines/, 'May I wear gloves at the drill press?'],
  [SAFETY, '02-fire', /by themselves/, 'Why are oily rags dangerous?'],
  [SAFETY, '03-the-table-saw', /throws it at you/, 'What causes kickback at the table saw?'],
  [SAFETY, '04-power-and-batteries', /change a blade/, 'What do I have to do before I swap the blade?'],
  [BUDGET, '04-what-an-hour-costs', /loaded rate/, 'What does an hour of work really cost?'],
  [BUDGET, '02-reserve', /belongs to the (?:\*)?project/, 'Who may spend the reserve?'],
]

/** What no course of theirs says anything about. */
export const OFF_TOPIC: readonly (readonly [course: string, question: string])[] = [
  [SQL, 'What is the capital of France?'],
  [SQL, 'Who won the football world cup in 2014?'],
  [SQL, 'How do I bake sourdough bread?'],
  [SQL, 'Write me a poem about spring flowers'],
  [SKY, 'How do I file my income tax return?'],
  [SKY, 'Which programming language should I learn for web development?'],
  [STATS, 'What is the best pizza in Naples?'],
  [STATS, 'Give me the phone number of the headteacher'],
  [WRITING, 'How does photosynthesis work in plants?'],
  [WRITING, 'Explain quantum entanglement'],
  [SAFETY, 'What time does the cinema open tomorrow?'],
  [BUDGET, 'Who wrote the opera about Carmen?'],
]
