import { describe, expect, test } from 'vitest'
import { minutesOf, participantText, readParticipants } from '#lib/classes/read-participants'

// The lists of participants that the platforms give, each in its own dress.

function read(text: string) {
  const found = readParticipants(text)
  if (typeof found === 'string') throw new Error(found)
  return found
}

const people = (text: string) =>
  read(text).people.map(({ name, email, minutes, lines }) => [name, email, minutes, lines])

const ZOOM = `\uFEFFTopic,ID,Host name,Host email,Duration (minutes),Start time,End time,Participants
Open hour,123 456 789,Tea,tea@north.example,60,"01/12/2027 06:00:00 PM","01/12/2027 07:00:00 PM",4

Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,In waiting room
"Lovelace, Ada",ada@north.example,01/12/2027 06:00:00 PM,01/12/2027 06:20:00 PM,20,No,No
"Lovelace, Ada",ADA@north.example,01/12/2027 06:30:00 PM,01/12/2027 07:00:00 PM,30,No,No
Grace,,01/12/2027 06:00:00 PM,01/12/2027 07:00:00 PM,60,Yes,No
Grace,,01/12/2027 05:55:00 PM,01/12/2027 06:00:00 PM,5,Yes,Yes
`

const MEET = `First name,Last name,Email,Duration,Time joined,Time exited
Ada,Lovelace,ada@north.example,1 hr 2 min,6:00 PM,7:02 PM
Grace,Hopper,,45 min,6:15 PM,7:00 PM
`

const TEAMS = [
  '1. Summary',
  'Meeting title\tOpen hour',
  'Attended participants\t2',
  'Start time\t1/12/27, 5:58:12 PM',
  '',
  '2. Participants',
  'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole',
  'Ada Lovelace\t1/12/27, 5:58:12 PM\t1/12/27, 7:01:02 PM\t1h 2m 50s\tada@north.example\tada@north.example\tPresenter',
  'Grace Höpper (Guest)\t1/12/27, 6:00:00 PM\t1/12/27, 6:30:00 PM\t30m\t\t\tAttendee',
  '',
  '3. In-Meeting Activities',
  'Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole',
  'Ada Lovelace\t1/12/27, 5:58:12 PM\t1/12/27, 7:01:02 PM\t1h 2m 50s\tada@north.example\tPresenter',
].join('\r\n')

const utf16 = (text: string, mark: boolean): Uint8Array =>
  Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le')

describe('the list of', () => {
  test('Zoom: its account of the meeting left alone, lines of one person added, who only waited left out', () => {
    expect(people(ZOOM)).toEqual([
      ['Lovelace, Ada', 'ada@north.example', 50, 2],
      ['Grace', '', 60, 1],
    ])
  })

  test('Google Meet: names in two columns, lengths in words', () => {
    expect(people(MEET)).toEqual([
      ['Ada Lovelace', 'ada@north.example', 62, 1],
      ['Grace Hopper', '', 45, 1],
    ])
  })

  test.each([true, false])('Teams: UTF-16 with tabs, the list between two others (mark: %s)', (mark) => {
    const text = participantText(utf16(TEAMS, mark))
    expect(people(text ?? '')).toEqual([
      ['Ada Lovelace', 'ada@north.example', 63, 1],
      ['Grace Höpper (Guest)', '', 30, 1],
    ])
  })

  test('Teams as it was before: a line a step, without a length', () => {
    const old = 'Full Name\tUser Action\tTimestamp\nAda\tJoined\t6:00\nAda\tLeft\t7:00\nGrace\tJoined\t6:01'
    expect(people(old)).toEqual([
      ['Ada', '', null, 2],
      ['Grace', '', null, 1],
    ])
  })
})

describe('a file that is none', () => {
  test.each([
    ['', 'empty'],
    ['\n\n', 'empty'],
    ['Name,Email\n', 'empty'],
    ['a,b\n1,2\n', 'noHead'],
    ['Name,Email\n"open,x\n', 'quotes'],
    [`Name,Email\n${'Ada,a@b.example\n'.repeat(5_001)}`, 'tooMany'],
  ])('%j is said to be so', (text, problem) => {
    expect(readParticipants(text)).toBe(problem)
  })

  test('of bytes that are no text isn’t read', () => {
    expect(participantText(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0xff, 0xfe, 0x80]))).toBeNull()
  })

  test('has its lines told one by one, and what is hostile in them is text', () => {
    const { people: found, faults } = read(
      `Name,Email,Duration\n,,1\n=cmd|'/c calc',x@y.example,1\n${'x'.repeat(201)},,1\nAda,,soon\nAda,,1,2\n`,
    )
    expect(faults.map(({ line, kind }) => [line, kind])).toEqual([
      [2, 'noName'],
      [4, 'long'],
      [5, 'duration'],
      [6, 'surplus'],
    ])
    expect(found).toMatchObject([{ name: "=cmd|'/c calc'", email: 'x@y.example' }])
  })
})

test.each([
  ['55', 55],
  ['1h 3m 30s', 63.5],
  ['1 hr 5 min', 65],
  ['01:03:30', 63.5],
  ['45 min', 45],
  ['2 hours', 120],
  ['20s', 1 / 3],
  ['', null],
  ['soon', null],
  ['5 apples', null],
])('a length of %j is %j minutes', (text, minutes) => {
  const found = minutesOf(text)
  if (minutes === null) expect(found).toBeNull()
  else expect(found).toBeCloseTo(minutes)
})
