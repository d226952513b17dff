import type { Alarm } from '../../api/alarms.ts'
import { t } from '../../translate/translate.ts'

/** What happened, with the numbers, and what to think of it. */
export function alarmTexts({ kind, person, count, minutes }: Alarm): { title: string; text: string } {
  const span = spanOf(minutes)
  switch (kind) {
    case 'denials':
      return {
        title: t('{count} denials in {span}.', { count, span }),
        text: t(
          'Callers said “This is not me” or were called, managers did not vouch, or another person signed in. The help desk may be under attack: warn the agents.',
        ),
      }
    case 'failures':
      return {
        title: t('{count} failures in {span}.', { count, span }),
        text: t(
          'Callers’ journeys failed, the code was wrong too often, or callers failed to sign in. Find out whether a service is down, or somebody guesses passwords.',
        ),
      }
    case 'callerCheckedOften':
      return {
        title: t('{person} was checked {count} times in {span}.', {
          person: person ?? t('A person'),
          count,
          span,
        }),
        text: t(
          'Somebody may be trying one agent after the other. Warn the agents, and call the person back on the number on file.',
        ),
      }
    default:
      return { title: t('Alarm: {count} in {span}.', { count, span }), text: '' }
  }
}

function spanOf(minutes: number): string {
  return minutes % 60 === 0
    ? t('{count} hours', { count: minutes / 60 })
    : t('{count} minutes', { count: minutes })
}
