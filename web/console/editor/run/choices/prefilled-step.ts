import { type Callback, outputOf, type Step } from '../../../../api/authenticate.ts'
import { devices } from './devices.ts'
import { type RunChoices, userAgentOf } from './run-choices.ts'

/** The step with what the chosen person and device would enter. */
export function prefilledStep(step: Step, choices: RunChoices): Step {
  return { ...step, callbacks: step.callbacks.map((callback) => prefilled(callback, choices)) }
}

function prefilled(callback: Callback, choices: RunChoices): Callback {
  const value = entered(callback, choices)
  const [first, ...others] = callback.input
  if (value === undefined || first === undefined || (first.value ?? '') !== '') return callback
  return { ...callback, input: [{ ...first, value }, ...others] }
}

function entered(callback: Callback, choices: RunChoices): string | undefined {
  switch (callback.type) {
    case 'NameCallback':
    case 'ValidatedCreateUsernameCallback':
      return asksForUsername(callback) && choices.person !== '' ? choices.person : undefined
    case 'DeviceProfileCallback':
      return profileFrom(choices, outputOf(callback, 'metadata') === true)
    default:
      return undefined
  }
}

/** Name callbacks also ask for codes. */
function asksForUsername(callback: Callback): boolean {
  return /^user ?name$/i.test(String(outputOf(callback, 'prompt') ?? ''))
}

/** What a device sends, without a browser to measure. Undefined unless a device is chosen. */
function profileFrom(choices: RunChoices, hasMetadata: boolean): string | undefined {
  const userAgent = userAgentOf(choices)
  if (userAgent === undefined) return undefined
  const device = devices.find(({ id }) => id === choices.device)
  const { platform = '', deviceName = 'Unknown (Browser)' } = device ?? {}
  const metadata = { hardware: {}, browser: { userAgent }, platform: { platform, deviceName } }
  return JSON.stringify({ identifier: `run-panel-${choices.device}`, ...(hasMetadata && { metadata }) })
}
