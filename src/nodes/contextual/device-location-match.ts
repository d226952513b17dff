import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { defineNode, setting } from '../define-node.ts'
import {
  activePerson,
  activePersonErrors,
  collected,
  collectedIdentifier,
  identifierErrors,
  kilometresBetween,
  placeErrors,
  placeOf,
  profileReads,
  profilesOf,
  saveProfiles,
} from './device-profile.ts'

/** Compares the location of a device with the saved one. Source: "Device Location Match node". */
export const deviceLocationMatch = defineNode({
  type: 'DeviceLocationMatchNode',
  title: 'Device Location Match',
  help: 'Decides whether the device is near its saved location. The device reports its own location, which is not verified.',
  tags: ['contextual'],
  config: () =>
    z.object({
      distance: setting(
        'Maximum Radius (km)',
        'Maximum distance from the saved location.',
        z
          .string()
          .regex(/^\d+(\.\d+)?$/)
          .default('10'),
      ),
    }),
  outcomes: { all: { true: 'True', false: 'False', unknownDevice: 'Unknown Device' } },
  reads: () => profileReads,
  errors: { fail: { ...placeErrors, ...identifierErrors, ...activePersonErrors } },
  requires: () => profileReads,
  needs: ['identities', 'devices'],
  reference: {
    outputs: 'the time when the device was last seen',
    outcomes: {
      true: 'The device is near its saved location.',
      false: 'The device is elsewhere.',
      unknownDevice: 'The person has no saved device with this identifier, or it has no location.',
    },
  },
  async run({ config, state, now, identities, devices }) {
    const location = collected(state, 'location')
    const identifier = collectedIdentifier(state)
    if ('problem' in location) return fail(location.problem)
    if ('problem' in identifier) return fail(identifier.problem)
    const here = placeOf(location.value)
    if (here === undefined) return fail('The location of the device has no latitude and longitude')
    const person = await activePerson(state, identities)
    if (typeof person === 'string') return fail(person)
    const saved = await profilesOf(devices, person)
    const known = saved.find((each) => each.uuid === identifier.value && placeOf(each.location) !== undefined)
    const there = placeOf(known?.location)
    if (there === undefined) return goTo('unknownDevice')
    const seen = saved.map((each) => (each === known ? { ...each, lastSelectedDate: now } : each))
    await saveProfiles(devices, person, seen)
    return goTo(kilometresBetween(here, there) < Number(config.distance) ? 'true' : 'false')
  },
})
