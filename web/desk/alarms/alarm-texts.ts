import type { Alarm } from '../../api/alarms.ts'

/** What happened, with the numbers, and what to think of it. */
export function alarmTexts({ kind, person, count, minutes }: Alarm): { title: string; text: string } {
  const span = spanOf(minutes)
  switch (kind) {
    case 'denials':
      return {
        title: `${count} denials in ${span}.`,
        text: 'Callers said “This is not me” or were called, managers did not vouch, or another person signed in. The help desk may be under attack: warn the agents.',
      }
    case 'failures':
      return {
        title: `${count} failures in ${span}.`,
        text: 'Checks ended without proof, or callers failed to sign in. Find out whether a service is down, or somebody guesses passwords.',
      }
    case 'callerCheckedOften':
      return {
        title: `${person ?? 'A person'} was checked ${count} times in ${span}.`,
        text: 'Somebody may be trying one agent after the other. Warn the agents, and call the person back on the number on file.',
      }
    default:
      return { title: `Alarm: ${count} in ${span}.`, text: '' }
  }
}

function spanOf(minutes: number): string {
  if (minutes % 60 !== 0) return `${minutes} minutes`
  const hours = minutes / 60
  return hours === 1 ? '1 hour' : `${hours} hours`
}
