import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { outcomesOf } from '../../engine/node-type.ts'
import { multiFactorRegistrationOptions as node } from './multi-factor-registration-options.ts'

const shared = { username: 'kim', mfaMethod: 'oath' }
const pressed = (index: number) => [answer('ConfirmationCallback', index)]

test.each([
  [{}, ['Register Device', 'Get the App', 'Skip this step', 'Opt-out']],
  [{ getApp: false }, ['Register Device', 'Skip this step', 'Opt-out']],
  [{ mandatory: true }, ['Register Device', 'Get the App']],
  [{ mandatory: true, getApp: false }, ['Register Device']],
])('%j shows the buttons %j', async (config, options) => {
  const [text, buttons] = callbacksOf((await runNode(node, { config, shared })).action)
  expect(text).toMatchObject({ type: 'TextOutputCallback', output: { messageType: '0' } })
  expect(buttons).toMatchObject({ type: 'ConfirmationCallback', output: { options, messageType: 0 } })
})

test('uses the request’s locale', async () => {
  const config = {
    message: { fr: 'Choisissez' },
    optOutLabel: { fr: 'Jamais' },
    skipStepLabel: { en: 'Later' },
  }
  const { action } = await runNode(node, { config, shared, request: { locales: ['fr'] } })
  const [text, buttons] = callbacksOf(action)
  expect(text?.output.message).toBe('Choisissez')
  expect(buttons?.output.options).toEqual(['Register Device', 'Get the App', 'Later', 'Jamais'])
})

test.each([
  [{}, 0, 'registerOutcome'],
  [{}, 1, 'getAppOutcome'],
  [{}, 2, 'skipOutcome'],
  [{}, 3, 'optOutOutcome'],
  [{ getApp: false }, 1, 'skipOutcome'],
  [{ getApp: false }, 2, 'optOutOutcome'],
])('%j with button %i takes the outcome %s', async (config, index, outcome) => {
  const { action, state } = await runNode(node, { config, shared, answers: pressed(index) })
  expect(outcomeOf(action)).toBe(outcome)
  expect(state.shared).toEqual(shared)
})

test('fails for unknown buttons, also if registration is mandatory', async () => {
  const { action } = await runNode(node, { config: { mandatory: true }, shared, answers: pressed(2) })
  expect(action).toEqual({ kind: 'error', message: 'Unrecognized option: 2' })
})

test.each([
  [{}, ['registerOutcome', 'getAppOutcome', 'skipOutcome', 'optOutOutcome']],
  [{ mandatory: true, getApp: false }, ['registerOutcome']],
])('%j offers the outcomes %j', (config, ids) => {
  const around = { typeNamed: () => undefined, child: () => undefined }
  expect(outcomesOf(node, node.config.parse(config), around).map(({ id }) => id)).toEqual(ids)
})

test.each([
  ['Expected username to be set.', { mfaMethod: 'oath' }],
  ['Expected multi-factor authentication method to be set.', { username: 'kim' }],
])('fails: %s', async (message, given) => {
  expect((await runNode(node, { shared: given })).action).toEqual({ kind: 'error', message })
})
