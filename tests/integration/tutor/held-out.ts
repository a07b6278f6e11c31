import { type Asked, COURSES } from './questions'

const { SQL, SKY, STATS, WRITING, SAFETY, BUDGET } = COURSES

/**
 * Questions about other passages than those the ranking was tuned on, written once and without looking at what it finds.
 * They are for measuring; whoever tunes the ranking leaves them alone.
 */
export const HELD_OUT: readonly Asked[] = [
  [
    SQL,
    '04-your-practice-shop',
    /foreign key must point/,
    'Why is authors created before books in the script?',
  ],
  [
    SQL,
    '04-your-practice-shop',
    /can't break anything/,
    'How do I start over if I messed up the practice tables?',
  ],
  [WRITING, '02-three-passes', /Read it.*backwards/, 'Why would I read my text backwards?'],
  [WRITING, '02-three-passes', /let time pass/, 'How long should I wait between writing and editing?'],
  [
    WRITING,
    '02-three-passes',
    /favourite mistakes/,
    'How do I stop making the same mistakes again and again?',
  ],
  [WRITING, '03-be-exact', /click here/, 'What is wrong with a link that says click here?'],
  [
    WRITING,
    '03-be-exact',
    /write the month as a word/,
    'How should I write dates so that nobody gets them wrong?',
  ],
  [
    WRITING,
    '04-old-before-new',
    /gets the stress/,
    'Where in a sentence should the most important thing go?',
  ],
  [
    WRITING,
    '04-old-before-new',
    /Keep the camera|keeps the camera|tennis spectator/,
    'Should the subject of my sentences change all the time?',
  ],
  [
    SAFETY,
    '04-power-and-batteries',
    /Uncoil/,
    'Is it ok to leave an extension cord rolled up while I use it?',
  ],
  [SAFETY, '04-power-and-batteries', /swollen|hisses/, 'My battery smells sweet and hisses, what now?'],
  [SAFETY, '04-near-misses-and-first-aid', /cool running water/, 'What do I do about a burn?'],
  [
    SAFETY,
    '04-near-misses-and-first-aid',
    /many near misses/,
    'Why should I report something that almost went wrong?',
  ],
  [
    SAFETY,
    '03-dressed-for-the-machine',
    /not safety glasses/,
    'Can I just wear my normal glasses in the workshop?',
  ],
  [SAFETY, '03-dressed-for-the-machine', /A beard/, 'Does a dust mask work with a beard?'],
  [
    BUDGET,
    '04-getting-to-yes',
    /One figure invites haggling|Three packages/,
    'How many options should I offer the board?',
  ],
  [BUDGET, '04-getting-to-yes', /baseline/, 'What is a baseline?'],
  [BUDGET, '03-changes', /scope, time, quality/, 'What can I give up when there isn’t enough money?'],
  [BUDGET, '03-changes', /up to .*coordinator|coordinator/, 'Who is allowed to approve a small change?'],
  [STATS, '03-how-spread-out', /1\.5/, 'When do I call a value an outlier?'],
  [STATS, '03-how-spread-out', /n - 1|makes up for it/, 'Why do we divide by n minus one?'],
  [
    STATS,
    '04-polls-and-percentages',
    /percentage points/,
    'Is going from 40% to 44% a rise of four or of ten percent?',
  ],
  [STATS, '04-polls-and-percentages', /size of the population/, 'Does a big country need a bigger poll?'],
  [
    STATS,
    '03-what-causes-what',
    /regression to the mean/,
    'Why do the worst pupils get better in the second test?',
  ],
  [STATS, '03-what-causes-what', /Don't adjust for consequences/, 'What should I not adjust for?'],
  [SKY, '02-how-far-away', /nearly all of them are still there/, 'Are the stars that I see already dead?'],
  [SKY, '01-the-colour-of-heat', /eye sees colour only/, 'Why do faint stars look white?'],
  [SKY, '02-when-shadows-meet', /copper red/, 'Why does the Moon turn red in an eclipse?'],
  [
    SKY,
    '04-keeping-a-log',
    /What belongs|What you didn't see|the zone/,
    'What should I write into my observing log?',
  ],
  [SKY, '03-a-pair-of-binoculars', /magnification/, 'What does 7 x 50 on my binoculars mean?'],
]
