import type { GuessOrigin } from '../limits/guesses.ts'
import type { AuthenticateRequest } from './authenticate-request.ts'
import type { RunContext } from './ports/run-context.ts'
import type { World } from './world.ts'

/** What the nodes of a step need to count tries at credentials, and what makes this device known after a success. */
export function triesOf(
  {
    limits,
    entryCounts,
    guesses,
    knownDevices,
  }: Pick<World, 'limits' | 'entryCounts' | 'guesses' | 'knownDevices'>,
  { request, now }: { request: AuthenticateRequest; now: number },
): Pick<RunContext, 'limits' | 'entryCounts' | 'guesses' | 'origin' | 'knownDevice'> {
  const { realm, view, deviceCookie } = request
  const origin: GuessOrigin = {
    address: view.clientIp,
    hasDevice: deviceCookie !== undefined,
    deviceOf: (personId, factor) =>
      knownDevices.deviceOf(deviceCookie, { realm: realm.path, personId }, factor, now),
  }
  return {
    limits,
    entryCounts,
    guesses,
    origin,
    knownDevice(personId, methods) {
      const isSecure = view.baseUrl.startsWith('https:')
      return knownDevices.remember(deviceCookie, { realm: realm.path, personId }, methods, { now, isSecure })
    },
  }
}
