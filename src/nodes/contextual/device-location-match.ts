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

/** Compares where a device is with where it was. Source: "Device Location Match node". */
export const deviceLocationMatch = defineNode({
  type: 'DeviceLocationMatchNode',
  version: '1.0',
  title: 'Device Location Match',
  help: 'Decides whether the device is near the place where the person saved it.',
  tags: ['contextual'],
  config: z.object({
    distance: setting(
      'Maximum Radius (km)',
      'How far away it may be.',
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
    outputs: 'when the device was seen',
    outcomes: {
      true: 'It is near.',
      false: 'It is elsewhere.',
      unknownDevice: 'The person saved no device with that identifier, or no place of it.',
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
    const held = await profilesOf(devices, person)
    const known = held.find((each) => each.uuid === identifier.value && placeOf(each.location) !== undefined)
    const there = placeOf(known?.location)
    if (there === undefined) return goTo('unknownDevice')
    const seen = held.map((each) => (each === known ? { ...each, lastSelectedDate: now } : each))
    await saveProfiles(devices, person, seen)
    return goTo(kilometresBetween(here, there) < Number(config.distance) ? 'true' : 'false')
  },
})
