import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { decisionOutcomes } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import {
  collected,
  collectedKey,
  kilometresBetween,
  type Place,
  placeErrors,
  placeOf,
} from './device-profile.ts'

const coordinates = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/

/** Decides by where a device is. Source: "Device GeoFencing node". */
export const deviceGeoFencing = defineNode({
  type: 'DeviceGeoFencingNode',
  version: '1.0',
  title: 'Device Geofencing',
  help: 'Decides whether the device is near one of the given places. Where it is, is its own word.',
  tags: ['contextual'],
  config: z.object({
    locations: setting(
      'Trusted Locations',
      'Places as latitude and longitude in degrees, such as `48.2,16.37`.',
      z.array(z.string().regex(coordinates)).default([]),
    ),
    distance: setting(
      'Geofence Radius (km)',
      'How far away it may be.',
      z
        .string()
        .regex(/^\d+(\.\d+)?$/)
        .default('10'),
    ),
  }),
  outcomes: decisionOutcomes,
  reads: () => [collectedKey],
  errors: { fail: placeErrors },
  requires: () => [collectedKey],
  needs: [],
  reference: { outcomes: { true: 'It is near one of them.', false: 'It is near none.' } },
  run({ config, state }) {
    const location = collected(state, 'location')
    if ('problem' in location) return fail(location.problem)
    const here = placeOf(location.value)
    if (here === undefined) return fail('The location of the device has no latitude and longitude')
    const isNear = config.locations.some((place) => {
      return kilometresBetween(here, fenceOf(place)) < Number(config.distance)
    })
    return goTo(isNear ? 'true' : 'false')
  },
})

function fenceOf(text: string): Place {
  const [, latitude, longitude] = coordinates.exec(text) ?? []
  return { latitude: Number(latitude), longitude: Number(longitude) }
}
