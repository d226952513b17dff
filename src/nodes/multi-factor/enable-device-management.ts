import { z } from 'zod'
import { type Action, goTo } from '../../engine/action.ts'
import { deviceManagementProperty, secondFactors } from '../../engine/system-properties.ts'
import { defineNode, setting } from '../define-node.ts'

/** Says with which sign-in people may remove their own devices. Source: "Enable Device Management node". */
export const enableDeviceManagement = defineNode({
  type: 'EnableDeviceManagementNode',
  title: 'Enable Device Management',
  help: 'Says which of their registered devices people may remove with the session of this journey.',
  tags: ['mfa', 'multi-factor authentication'],
  config: () =>
    z.object({
      deviceEnforcementStrategy: setting(
        'Device Check Enforcement Strategy',
        'How the person must have signed in: `SAME` with a device of the same kind, `ANY` with any second factor, `NONE` in any way.',
        z.enum(['NONE', 'ANY', 'SAME']).default('SAME'),
      ),
    }),
  outcomes: { all: { successOutcome: 'Success', failureOutcome: 'Failure' } },
  reads: () => ['username'],
  errors: {
    warn: { 'devices cannot be managed': 'The line says why.' },
  },
  requires: () => ['username'],
  needs: ['identities'],
  reference: {
    inputs: 'the second factors that earlier nodes checked',
    outputs: `the session property \`${deviceManagementProperty}\``,
    outcomes: {
      failureOutcome:
        'The person is unknown or inactive, or the setting is `ANY` and no second factor was checked.',
    },
    example: 'After OATH Token Verifier, with `ANY`, before a page on which people manage their devices.',
  },
  async run({ config: { deviceEnforcementStrategy: strategy }, state, identities, methods, log }) {
    const failed = (problem: string): Action<'failureOutcome'> => {
      log.warn('devices cannot be managed', { problem })
      return goTo('failureOutcome')
    }
    const name = state.getText('username')
    const person = name === undefined ? undefined : await identities.find(name)
    if (person === undefined) return failed('the person is unknown')
    if (person.accountStatus === 'inactive') return failed('the person is inactive')
    if (strategy === 'ANY' && !(await methods()).some((method) => secondFactors.has(method))) {
      return failed('no second factor was checked')
    }
    return goTo('successOutcome', { sessionProperties: { [deviceManagementProperty]: strategy } })
  },
})
