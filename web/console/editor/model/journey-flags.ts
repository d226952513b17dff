/** Switches of a journey, as its settings show them. */
export const journeyFlags = [
  { name: 'enabled', title: 'Enabled', about: 'People can start this journey.', preset: true },
  {
    name: 'innerTreeOnly',
    title: 'Inner journey only',
    about: 'Can only run inside other journeys.',
    preset: false,
  },
  { name: 'mustRun', title: 'Always run', about: 'Run even if already signed in.', preset: false },
  { name: 'noSession', title: 'No session', about: 'Success doesn’t create a session.', preset: false },
  {
    name: 'transactionalOnly',
    title: 'Transactional only',
    about: 'Can only be started from a transaction link.',
    preset: false,
  },
] as const

type JourneyFlag = (typeof journeyFlags)[number]

export function titleOfFlag(name: JourneyFlag['name']): string {
  return journeyFlags.find((flag) => flag.name === name)?.title ?? name
}
