import { z } from 'zod'

/** How many events within how many minutes raise an alarm. */
function threshold(count: number, minutes: number, about: { title: string; description: string }) {
  return z
    .object({
      count: z.int().min(0).max(1_000).default(count).meta({
        title: 'Number',
        description: '0 turns this alarm off.',
      }),
      minutes: z.int().min(1).max(10_080).default(minutes).meta({
        title: 'Minutes',
        description:
          'Events of this time count. Until a lead acknowledges an alarm, no other one is raised in it.',
      }),
    })
    .prefault({})
    .meta(about)
}

/** When the alarms of a help desk are raised. Checks are kept for 30 days, so a week is the longest window. */
export const alarmSettingsSchema = z.object({
  denials: threshold(5, 60, {
    title: 'Many denials',
    description:
      'Callers said “This is not me” or that they were called, managers did not vouch, or another person signed in.',
  }),
  failures: threshold(30, 60, {
    title: 'Many failures',
    description: 'Callers’ journeys failed, the code was wrong too often, or callers failed to sign in.',
  }),
  callerCheckedOften: threshold(6, 1_440, {
    title: 'One person is checked often',
    description:
      'Checks of one person by all agents count, however they end: attackers try one agent after the other.',
  }),
})
