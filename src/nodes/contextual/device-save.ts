import { z } from 'zod'
import { isJsonObject, type Json } from '../../base/json.ts'
import { fail, goTo } from '../../engine/action.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, flagSetting, setting, textSetting } from '../define-node.ts'
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

/** Saves the collected profile for the person. Source: "Device Profile Save node". */
export const deviceSave = defineNode({
  type: 'DeviceSaveNode',
  title: 'Device Profile Save',
  help: 'Saves the collected device profile for the person, so that later journeys recognize the device.',
  tags: ['contextual'],
  config: () =>
    z.object({
      variableName: textSetting(
        'Device Name Variable',
        'State key of the device’s name. Empty: the name that the device sent.',
        '',
        'stateKey',
      ),
      maxSavedProfiles: setting(
        'Maximum Saved Profiles',
        'Maximum number of saved devices. The device that was unseen for the longest time is removed first.',
        z.int().positive().default(5),
      ),
      saveDeviceMetadata: flagSetting('Save Device Metadata', 'Saves the description of the device.', true),
      saveDeviceLocation: flagSetting('Save Device Location', 'Saves the location of the device.', true),
    }),
  outcomes: singleOutcome,
  reads: ({ variableName }) => [...profileReads, ...(variableName ? [variableName] : [])],
  errors: { fail: { ...identifierErrors, ...activePersonErrors } },
  requires: () => profileReads,
  needs: ['identities', 'devices'],
  reference: { outputs: 'the person’s saved devices' },
  async run({ config, state, now, identities, devices }) {
    const person = await activePerson(state, identities)
    if (typeof person === 'string') return fail(person)
    const identifier = collectedIdentifier(state)
    if ('problem' in identifier) return fail(identifier.problem)
    const saved = await profilesOf(devices, person)
    const known = saved.find(({ uuid }) => uuid === identifier.value)
    const collectedParts: Partial<DeviceProfile> = {
      ...(config.saveDeviceMetadata ? part(state, 'metadata') : {}),
      ...(config.saveDeviceLocation ? part(state, 'location') : {}),
    }
    const name = (config.variableName && state.getText(config.variableName)) || known?.deviceName
    const profile: DeviceProfile = {
      ...known,
      ...collectedParts,
      uuid: identifier.value,
      deviceName: name || ownName(collectedParts.metadata),
      recoveryCodes: [],
      lastSelectedDate: now,
    }
    const all = [...saved.filter((each) => each !== known), profile]
    const newest = all.toSorted((a, b) => a.lastSelectedDate - b.lastSelectedDate)
    await saveProfiles(devices, person, newest.slice(-config.maxSavedProfiles))
    return goTo('outcome')
  },
})

/** Parts that were not collected keep their saved value. */
function part(state: NodeState, name: 'metadata' | 'location'): Partial<DeviceProfile> {
  const found = collected(state, name)
  return 'value' in found ? { [name]: found.value } : {}
}

function ownName(metadata: Json | undefined): string {
  const platform = isJsonObject(metadata) ? metadata.platform : undefined
  const name = isJsonObject(platform) ? platform.deviceName : undefined
  return typeof name === 'string' ? name : ''
}
