import type { Random } from './random'

/** What learners hand in. `{task}` becomes the title of the assignment. */
const WORK = [
  'Here is my work on “{task}”. I did the first part twice: my first result looked right until I checked it by hand, and then I found that I had counted one case double. The second version is below, with the check beside it.\n\nWhat I would still like to know is whether there is a shorter way that stays readable.',
  'I worked on “{task}” over three evenings. The part that took longest was deciding what to leave out. I kept the two examples that show the difference best, and wrote one sentence under each about why it is there.\n\nThe last section is shorter than I wanted, because I am not yet sure about it.',
  '“{task}”\n\n1. I began with a rough version on paper and compared it with the lesson.\n2. Two things did not fit, so I went back and corrected the first step.\n3. The final version is the third one. I left my notes at the end, so that you can see where I went wrong.',
  'My solution for “{task}”. I first followed the example from the lesson step by step, then changed one thing at a time to see what would happen. The result stays the same when I change the order, but not when I leave out the second step, which surprised me.',
  'For “{task}” I chose the simpler of the two ways. It is a little more work to write down, but I can explain every line of it, and when my neighbour tried it she got the same result.\n\nSources: the two lessons of this module, and my own notes.',
  'I am handing in “{task}” a bit unfinished. Parts one and two are complete; in part three I got stuck, and describe what I tried, what I expected and what I got instead.',
] as const

const STRONG = [
  'Excellent work. You did not stop at the first answer that looked right, and your check at the end is exactly what I hoped to see. One thought for next time: say in a sentence why the other way would have failed.',
  'This is clear, complete and a pleasure to read. I particularly liked that you left your notes in: they show how you got there. Nothing to correct.',
  'Very good. Your explanation of the second step is better than the one in the lesson; may I use it, with your name, next term?',
  'Well done: right in every part, and each example is there for a reason. If you want a challenge, try the same with a case where two of the conditions disagree.',
] as const

const SOLID = [
  'Good work. The main idea is right and well explained. In the second part you take for granted that there are no empty cases; look at that lesson again and see what changes.',
  'You have understood the important part. I took a few points off because the result is stated without a check. Two lines of checking would have caught the small slip at the end.',
  'A solid piece of work, and I can follow each step. The last section comes to its conclusion a little fast: what would somebody ask who does not believe you?',
  'Right result, and nicely laid out. Try to separate what you saw from what you concluded; in the middle paragraph they run together.',
] as const

const WEAK = [
  'You are on the right way, and I can see the work that went into this. The first part is fine; in the second you use the rule where it does not apply. Please read the lesson once more and hand in a corrected second part. I will gladly grade it again.',
  'Thank you for saying openly where you got stuck: that makes it easy to help. The cause is in step two, not in step three. Come to the next live class, and we will go through it together.',
  'There are good thoughts in here, but half of the task is missing. Start with the smallest example that you can check by hand, and build on that. Write to me if you would like to talk it through.',
] as const

/** A learner's text for an assignment. */
export function workText(chance: Random, task: string): string {
  return chance.pick(WORK).replace('{task}', task)
}

/** What a teacher writes under a grade of 0 to 100. */
export function feedbackFor(chance: Random, grade: number): string {
  if (grade >= 90) return chance.pick(STRONG)
  return chance.pick(grade >= 70 ? SOLID : WEAK)
}
