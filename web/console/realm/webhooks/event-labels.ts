/** An event that a receiver may be told, in words. */
type EventLabel = { event: string; label: string; description: string }

/** What becomes of a check, in the order in which it can. */
export const eventGroups: readonly { title: string; events: readonly EventLabel[] }[] = [
  {
    title: 'On the way',
    events: [
      { event: 'created', label: 'Begun', description: 'An agent began the check.' },
      { event: 'sent', label: 'Link sent', description: 'Its link was mailed to the caller.' },
      {
        event: 'confirmed',
        label: 'Caller confirmed',
        description: 'The caller has the page open and says that they called.',
      },
      { event: 'opened', label: 'Link opened', description: 'The caller opened the link.' },
      {
        event: 'codeMatched',
        label: 'Right code',
        description: 'The caller typed the code that the agent read out.',
      },
      {
        event: 'codeWrong',
        label: 'Wrong code',
        description: 'The caller typed another code, and may try again.',
      },
    ],
  },
  {
    title: 'The end',
    events: [
      { event: 'approved', label: 'Approved', description: 'It is the caller.' },
      { event: 'denied', label: 'Denied', description: 'The caller did not pass the check.' },
      { event: 'notMe', label: 'Not me', description: 'The caller pressed “This is not me”.' },
      {
        event: 'calledMe',
        label: 'Somebody called',
        description: 'An attack: the caller says that somebody called them.',
      },
      { event: 'notVouched', label: 'Not vouched', description: 'The manager who was asked does not vouch.' },
      { event: 'wrongPerson', label: 'Somebody else', description: 'Somebody else signed in at the link.' },
      {
        event: 'wrongCode',
        label: 'Ended by wrong codes',
        description: 'The last try at the code was wrong.',
      },
      { event: 'cancelled', label: 'Cancelled', description: 'The check was taken back.' },
      { event: 'expired', label: 'Expired', description: 'Time ran out.' },
    ],
  },
  {
    title: 'After the result',
    events: [
      {
        event: 'rejected',
        label: 'Late “not me”',
        description: 'The caller pressed “This is not me” after the result.',
      },
      { event: 'used', label: 'Result used', description: 'The one use of a result.' },
    ],
  },
]

const allLabels = eventGroups.flatMap(({ events }) => events)

/** All that a receiver can be told. */
export const allEvents: readonly string[] = allLabels.map(({ event }) => event)

/** The events in the order of {@link allEvents}, each once, so that the same choice is the same list. */
export function inDisplayOrder(events: readonly string[]): string[] {
  const others = events.filter((event) => !allEvents.includes(event))
  return [...allEvents.filter((event) => events.includes(event)), ...new Set(others)]
}

/** Whether nothing is left out. */
export function hasAllEvents(events: readonly string[]): boolean {
  return allEvents.every((event) => events.includes(event))
}

/** An event in a word or two; one that this page does not know goes by its name. */
export function eventLabel(event: string): string {
  if (event === 'test') return 'Test'
  return allLabels.find((told) => told.event === event)?.label ?? event
}

/** So many are named in a list. */
const maxListed = 4

/** Of what a receiver is told, on one line. */
export function eventsSummary(events: readonly string[]): string {
  if (hasAllEvents(events)) return 'Everything that becomes of a check'
  const words = inDisplayOrder(events).map(eventLabel)
  if (words.length <= maxListed) return words.join(', ')
  return `${words.slice(0, maxListed - 1).join(', ')} and ${words.length - maxListed + 1} more`
}
