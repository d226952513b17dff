import { FRRecoveryCodes, FRStep } from '@forgerock/javascript-sdk'
import { expect, test } from 'vitest'
import { answer, callbacksOf, outcomeOf, runNode } from '../../../test/support/run-node.ts'
import { encodeCallbacks } from '../../engine/callbacks.ts'
import { recoveryCodeDisplay } from './recovery-code-display.ts'

const recoveryCodes = ['iZmEtxvQ00', 'b0cD3fGh1J']
const secure = { recoveryCodes, recoveryCodeDeviceName: 'OATH Device' }

test('shows the codes once, in a script that the vendor’s SDK parses', async () => {
  const { action, state } = await runNode(recoveryCodeDisplay, { secure })
  const [shown, ...others] = callbacksOf(action)
  expect(others).toEqual([])
  expect(shown?.type).toBe('TextOutputCallback')
  expect(shown?.output.messageType).toBe('4')
  const message = String(shown?.output.message)
  expect(message).toContain('Your Recovery Codes')
  expect(message).toContain('<em>OATH Device</em>')
  const step = new FRStep({ authId: '', callbacks: encodeCallbacks(callbacksOf(action)) as never })
  expect(FRRecoveryCodes.isDisplayStep(step)).toBe(true)
  expect(FRRecoveryCodes.getCodes(step)).toEqual(recoveryCodes)
  expect(FRRecoveryCodes.getDeviceName(step)).toBe('OATH Device')
  expect(state).toEqual({ shared: {}, secure: {}, transient: {} })
})

test('escapes the device name in the script', async () => {
  const recoveryCodeDeviceName = '</em><img src="x" onerror=\'a\'>\\\n'
  const { action } = await runNode(recoveryCodeDisplay, {
    transient: { recoveryCodes, recoveryCodeDeviceName },
  })
  const message = String(callbacksOf(action)[0]?.output.message)
  expect(() => new Function(message)).not.toThrow()
  expect(message).not.toContain('<img')
})

test.each([[{}], [{ recoveryCodes: [] }]])('with %j there is nothing to show', async (transient) => {
  expect(outcomeOf((await runNode(recoveryCodeDisplay, { transient })).action)).toBe('outcome')
})

test('continues after showing the codes', async () => {
  const answers = [answer('TextOutputCallback')]
  expect(outcomeOf((await runNode(recoveryCodeDisplay, { answers })).action)).toBe('outcome')
})
