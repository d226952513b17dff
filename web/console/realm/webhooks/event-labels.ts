/** An event with its texts. */
type EventLabel = { event: string; label: string; description: string }

/** All events, those of a check in the order in which they can occur. */
export const eventGroups: readonly { title: string; events: readonly EventLabel[] }[] = [
  {
    title: 'During the check',
    events: [
      { event: 'created', label: 'Started', description: 'An agent started the check.' },
      { event: 'sent', label: 'Link sent', description: 'The link was emailed to the caller.' },
      {
        event: 'confirmed',
        label: 'Caller confirmed',
        description: 'The caller opened the page and confirmed that they called.',
      },
      { event: 'opened', label: 'Link opened', description: 'The caller opened the link.' },
      {
        event: 'codeMatched',
        label: 'Correct code',
        description: 'The caller entered the code that the agent read out.',
      },
      {
        event: 'codeWrong',
        label: 'Wrong code',
        description: 'The caller entered a wrong code and can try again.',
      },
      {
        event: 'takenOver',
        label: 'Taken over',
        description: 'Another agent took the check over.',
      },
    ],
  },
  {
    title: 'Result',
    events: [
      { event: 'approved', label: 'Approved', description: 'The caller was verified.' },
      { event: 'denied', label: 'Denied', description: 'The caller did not pass the check.' },
      { event: 'notMe', label: 'Not me', description: 'The caller pressed “This is not me”.' },
      {
        event: 'calledMe',
        label: 'Attack reported',
        description: 'The caller reported that someone called them. This is an attack.',
      },
      { event: 'notVouched', label: 'Not vouched', description: 'The manager did not vouch for the caller.' },
      { event: 'wrongPerson', label: 'Wrong person', description: 'Another person signed in with the link.' },
      {
        event: 'wrongCode',
        label: 'Too many wrong codes',
        description: 'The caller entered a wrong code too often.',
      },
      {
        event: 'reported',
        label: 'Reported elsewhere',
        description:
          'The person reported an attack in another check, which ended this one or paused its result.',
      },
      { event: 'cancelled', label: 'Cancelled', description: 'The check was cancelled.' },
      { event: 'expired', label: 'Expired', description: 'The check expired.' },
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
      {
        event: 'withdrawn',
        label: 'Result withdrawn',
        description: 'An agent withdrew the result before it was used.',
      },
      { event: 'used', label: 'Result used', description: 'The result was used.' },
    ],
  },
  {
    title: 'Alarms',
    events: [
      {
        event: 'alarm.denials',
        label: 'Many denials',
        description: 'Many callers said “This is not me”, or other people signed in.',
      },
      {
        event: 'alarm.failures',
        label: 'Many failures',
        description:
          'Many journeys of callers failed, codes were wrong too often, or sign-ins in checks failed.',
      },
      {
        event: 'alarm.callerCheckedOften',
        label: 'One person checked often',
        description: 'Agents checked one person again and again.',
      },
    ],
  },
  {
    title: 'Second agents',
    events: [
      {
        event: 'approval.requested',
        label: 'Approval requested',
        description: 'An agent asked a second agent to approve a check.',
      },
      {
        event: 'approval.approved',
        label: 'Approval given',
        description: 'A second agent approved the check.',
      },
      {
        event: 'approval.declined',
        label: 'Approval declined',
        description: 'A second agent declined the check.',
      },
    ],
  },
]

const allLabels = eventGroups.flatMap(({ events }) => events)

/** Names of all events. */
export const allEvents: readonly string[] = allLabels.map(({ event }) => event)

/** Sorts like {@link allEvents} and removes duplicates, so that equal selections are equal lists. */
export function inDisplayOrder(events: readonly string[]): string[] {
  const others = events.filter((event) => !allEvents.includes(event))
  return [...allEvents.filter((event) => events.includes(event)), ...new Set(others)]
}

export function hasAllEvents(events: readonly string[]): boolean {
  return allEvents.every((event) => events.includes(event))
}

/** Label of an event. Unknown events are shown by name. */
export function eventLabel(event: string): string {
  if (event === 'test') return 'Test'
  return allLabels.find((each) => each.event === event)?.label ?? event
}

/** Longer lists are shortened to "and … more". */
const maxListed = 4

/** The events of a webhook on one line. */
export function eventsSummary(events: readonly string[]): string {
  if (hasAllEvents(events)) return 'All events'
  const labels = inDisplayOrder(events).map(eventLabel)
  if (labels.length <= maxListed) return labels.join(', ')
  return `${labels.slice(0, maxListed - 1).join(', ')} and ${labels.length - maxListed + 1} more`
}
