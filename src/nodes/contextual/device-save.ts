import { z } from 'zod'
import { fail, goTo } from '../../engine/action.ts'
import { isJsonObject, type Json } from '../../engine/json.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import {
  activePerson,
  activePersonErrors,
  collected,
  collectedIdentifier,
  type DeviceProfile,
  identifierErrors,
  profileReads,
  profilesOf,
  saveProfiles,
} from './device-profile.ts'

/** Keeps what a device told, for the person. Source: "Device Profile Save node". */
export const deviceSave = defineNode({
  type: 'DeviceSaveNode',
  version: '1.0',
  title: 'Device Profile Save',
  help: 'Keeps for the person what the device told of itself, to know it again.',
  tags: ['contextual'],
  config: z.object({
    variableName: setting(
      'Device Name Variable',
      'State key of the name for the device; empty means the one it gave itself.',
      z.string().default(''),
      'stateKey',
    ),
    maxSavedProfiles: setting(
      'Maximum Saved Profiles',
      'How many devices are kept; the one that was not seen for the longest time goes first.',
      z.int().positive().default(5),
    ),
    saveDeviceMetadata: setting(
      'Save Device Metadata',
      'Whether to keep what the device is.',
      z.boolean().default(true),
    ),
    saveDeviceLocation: setting(
      'Save Device Location',
      'Whether to keep where it was.',
      z.boolean().default(true),
    ),
  }),
  outcomes: singleOutcome,
  reads: ({ variableName }) => [...profileReads, ...(variableName ? [variableName] : [])],
  errors: { fail: { ...identifierErrors, ...activePersonErrors } },
  requires: () => profileReads,
  needs: ['identities', 'devices'],
  reference: { outputs: 'the devices of the person' },
  async run({ config, state, now, identities, devices }) {
    const person = await activePerson(state, identities)
    if (typeof person === 'string') return fail(person)
    const identifier = collectedIdentifier(state)
    if ('problem' in identifier) return fail(identifier.problem)
    const held = await profilesOf(devices, person)
    const known = held.find(({ uuid }) => uuid === identifier.value)
    const told: Partial<DeviceProfile> = {
      ...(config.saveDeviceMetadata ? part(state, 'metadata') : {}),
      ...(config.saveDeviceLocation ? part(state, 'location') : {}),
    }
    const name = (config.variableName && state.getText(config.variableName)) || known?.deviceName
    const profile: DeviceProfile = {
      ...known,
      ...told,
      uuid: identifier.value,
      deviceName: name || ownName(told.metadata),
      recoveryCodes: [],
      lastSelectedDate: now,
    }
    const all = [...held.filter((each) => each !== known), profile]
    const newest = all.toSorted((a, b) => a.lastSelectedDate - b.lastSelectedDate)
    await saveProfiles(devices, person, newest.slice(-config.maxSavedProfiles))
    return goTo('outcome')
  },
})

/** What was not collected leaves what is stored as it is. */
function part(state: NodeState, name: 'metadata' | 'location'): Partial<DeviceProfile> {
  const found = collected(state, name)
  return 'value' in found ? { [name]: found.value } : {}
}

function ownName(metadata: Json | undefined): string {
  const platform = isJsonObject(metadata) ? metadata.platform : undefined
  const name = isJsonObject(platform) ? platform.deviceName : undefined
  return typeof name === 'string' ? name : ''
}
