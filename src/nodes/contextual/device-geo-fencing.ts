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

/** Decides by the location of a device. Source: "Device GeoFencing node". */
export const deviceGeoFencing = defineNode({
  type: 'DeviceGeoFencingNode',
  title: 'Device Geofencing',
  help: 'Decides whether the device is near a trusted location. The device reports its own location, which is not verified.',
  tags: ['contextual'],
  config: () =>
    z.object({
      locations: setting(
        'Trusted Locations',
        'Latitude and longitude in degrees, such as `48.2,16.37`.',
        z.array(z.string().regex(coordinates)).default([]),
      ),
      distance: setting(
        'Geofence Radius (km)',
        'Maximum distance from a trusted location.',
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
  reference: {
    outcomes: { true: 'The device is near a trusted location.', false: 'The device is not near any.' },
  },
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
