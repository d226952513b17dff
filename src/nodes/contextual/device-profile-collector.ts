import { z } from 'zod'
import { isJsonObject, type JsonObject, parsedJson } from '../../base/json.ts'
import { localise } from '../../base/locale.ts'
import { fail, goTo, send } from '../../engine/action.ts'
import { callback } from '../../engine/callbacks.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { textAnswer } from '../answers.ts'
import { defineNode, flagSetting, localisedSetting, setting } from '../define-node.ts'
import { collectedKey } from './device-profile.ts'

/** Asks a device to describe itself and its location. Source: "Device Profile Collector node". */
export const deviceProfileCollector = defineNode({
  type: 'DeviceProfileCollectorNode',
  title: 'Device Profile Collector',
  help: 'Collects a description of the device and optionally its location. The device describes itself, which is not verified.',
  tags: ['contextual'],
  config: () =>
    z.object({
      maximumSize: setting(
        'Maximum Profile Size (KB)',
        'Maximum size of the answer in kilobytes.',
        z.string().regex(/^\d+$/).default('3'),
      ),
      deviceMetadata: flagSetting('Collect Device Metadata', 'Collects a description of the device.', true),
      deviceLocation: flagSetting(
        'Collect Device Location',
        'Collects the location of the device. People have to permit it.',
      ),
      message: localisedSetting('Message', 'Message by locale, shown while the device responds.'),
    }),
  outcomes: singleOutcome,
  writes: () => [collectedKey],
  callbacks: { DeviceProfileCallback: 'Which parts the device shall send. The answer is JSON.' },
  errors: {
    fail: {
      'Captured data exceed maximum accepted size': 'The answer is larger than **Maximum Profile Size**.',
      'Device Identifier is not captured': 'The answer is not JSON, or has no identifier.',
    },
  },
  reference: { keys: { [collectedKey]: 'What the device sent: `identifier`, `metadata` and `location`.' } },
  run({ config, state, answers, request }) {
    const sent = textAnswer(answers, 'DeviceProfileCallback')
    if (sent === undefined || sent === '') {
      const { deviceMetadata: metadata, deviceLocation: location } = config
      const message = localise(config.message, request.locales, '')
      return send([callback('DeviceProfileCallback', { metadata, location, message })])
    }
    if (new TextEncoder().encode(sent).length > Number(config.maximumSize) * 1024) {
      return fail('Captured data exceed maximum accepted size')
    }
    const profile = parsed(sent)
    if (typeof profile?.identifier !== 'string') return fail('Device Identifier is not captured')
    state.putShared(collectedKey, profile)
    return goTo('outcome')
  },
})

function parsed(text: string): JsonObject | undefined {
  const value = parsedJson(text)
  return isJsonObject(value) ? value : undefined
}
