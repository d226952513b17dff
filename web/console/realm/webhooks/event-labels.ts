/** An event that a receiver may be told, in words. */
type Told = { event: string; word: string; about: string }

/** What becomes of a check, in the order in which it can. */
export const eventGroups: readonly { title: string; told: readonly Told[] }[] = [
  {
    title: 'On the way',
    told: [
      { event: 'created', word: 'Begun', about: 'An agent began the check.' },
      { event: 'sent', word: 'Link sent', about: 'Its link was mailed to the caller.' },
      {
        event: 'confirmed',
        word: 'Caller confirmed',
        about: 'The caller has the page open and says that they called.',
      },
      { event: 'opened', word: 'Link opened', about: 'The caller opened the link.' },
      {
        event: 'codeMatched',
        word: 'Right code',
        about: 'The caller typed the code that the agent read out.',
      },
      { event: 'codeWrong', word: 'Wrong code', about: 'The caller typed another code, and may try again.' },
    ],
  },
  {
    title: 'The end',
    told: [
      { event: 'approved', word: 'Approved', about: 'It is the caller.' },
      { event: 'denied', word: 'Denied', about: 'The caller did not pass the check.' },
      { event: 'notMe', word: 'Not me', about: 'The caller pressed “This is not me”.' },
      {
        event: 'calledMe',
        word: 'Somebody called',
        about: 'An attack: the caller says that somebody called them.',
      },
      { event: 'notVouched', word: 'Not vouched', about: 'The manager who was asked does not vouch.' },
      { event: 'wrongPerson', word: 'Somebody else', about: 'Somebody else signed in at the link.' },
      { event: 'wrongCode', word: 'Ended by wrong codes', about: 'The last try at the code was wrong.' },
      { event: 'cancelled', word: 'Cancelled', about: 'The check was taken back.' },
      { event: 'expired', word: 'Expired', about: 'Time ran out.' },
    ],
  },
  {
    title: 'After the result',
    told: [
      {
        event: 'rejected',
        word: 'Late “not me”',
        about: 'The caller pressed “This is not me” after the result.',
      },
      { event: 'used', word: 'Result used', about: 'The one use of a result.' },
    ],
  },
]

const everyTold = eventGroups.flatMap(({ told }) => told)

/** All that a receiver can be told. */
export const everyEvent: readonly string[] = everyTold.map(({ event }) => event)

/** The events in the order of {@link everyEvent}, each once, so that the same choice is the same list. */
export function inOrder(events: readonly string[]): string[] {
  const others = events.filter((event) => !everyEvent.includes(event))
  return [...everyEvent.filter((event) => events.includes(event)), ...new Set(others)]
}

/** Whether nothing is left out. */
export function isEverything(events: readonly string[]): boolean {
  return everyEvent.every((event) => events.includes(event))
}

/** An event in a word or two; one that this page does not know goes by its name. */
export function eventWord(event: string): string {
  if (event === 'test') return 'Test'
  return everyTold.find((told) => told.event === event)?.word ?? event
}

/** So many are named in a list. */
const named = 4

/** Of what a receiver is told, on one line. */
export function eventsInWords(events: readonly string[]): string {
  if (isEverything(events)) return 'Everything that becomes of a check'
  const words = inOrder(events).map(eventWord)
  if (words.length <= named) return words.join(', ')
  return `${words.slice(0, named - 1).join(', ')} and ${words.length - named + 1} more`
}
