import { afterAll, describe, expect, test } from 'vitest'
import { createScriptEngine } from './create-script-engine.ts'
import { answer, pageScript, run } from './fixtures/script-job.ts'

const engine = createScriptEngine({ workers: 1 })
afterAll(() => engine.close())

describe('the scripts of the page "Backchannel Notification node" run unchanged', () => {
  test('Set Backchannel State Properties copies the listed attributes', async () => {
    const result = await run(engine, pageScript('set-backchannel-state-properties'), {
      kind: 'customNode',
      name: 'Set Backchannel State Properties',
      properties: {
        attributeListProperty: ['_id', 'objectAttributes', 'username', 'absent'],
        backchannelStateProperty: 'backchannel:data',
      },
      state: {
        shared: { _id: '1f', objectAttributes: { mail: 'a@b.c' }, username: 'ann', other: 1 },
        secure: {},
        transient: {},
      },
    })
    expect(result.action).toEqual({ outcome: 'Next' })
    expect(result.writes).toEqual([
      {
        op: 'putShared',
        key: 'backchannel:data',
        value: { _id: '1f', objectAttributes: { mail: 'a@b.c' }, username: 'ann' },
      },
    ])
    expect(result.logs).toEqual([
      { level: 'error', message: 'Set Backchannel State PropertiesNode execution started' },
      { level: 'error', message: 'Set Backchannel State PropertiesNode execution completed' },
    ])
  })

  test.each([
    [{ journeyStatus: 'User has entered their credentials' }, 'User has entered their credentials'],
    [undefined, 'Authentication in progress...'],
  ])('In Progress Wait shows the status of the other journey: %j', async (status, message) => {
    const result = await run(engine, pageScript('in-progress-wait'), {
      kind: 'config',
      state: { shared: status ? { 'transaction:data': status } : {}, secure: {}, transient: {} },
    })
    expect(result.config).toEqual({
      secondsToWait: 3,
      spamDetectionEnabled: false,
      spamDetectionTolerance: 3,
      waitingMessage: { en: message },
      exitable: false,
      exitMessage: {},
    })
  })

  test('User Message to Display shows its message, then continues', async () => {
    const source = pageScript('user-message-to-display')
    const node = { kind: 'customNode', properties: { message: 'User successfully authenticated' } } as const
    const first = await run(engine, source, node)
    expect(first.callbacks).toEqual([
      {
        type: 'TextOutputCallback',
        output: { message: 'User successfully authenticated', messageType: '0' },
      },
    ])
    expect(first.action).toEqual({})
    const second = await run(engine, source, { ...node, callbacks: [answer('TextOutputCallback', {})] })
    expect(second.callbacks).toEqual([])
    expect(second.action).toEqual({ outcome: 'Success' })
  })

  test('Set Front Channel Status writes the status for the notification', async () => {
    const result = await run(engine, pageScript('set-front-channel-status'), {
      kind: 'customNode',
      properties: {
        journeyStatusKey: 'transaction:notify',
        journeyStatusProperty: 'journeyStatus',
        journeyStatusValue: "User's credentials are valid",
      },
    })
    expect(result.action).toEqual({ outcome: 'Success' })
    expect(result.writes).toEqual([
      {
        op: 'putShared',
        key: 'transaction:notify',
        value: { journeyStatus: "User's credentials are valid" },
      },
    ])
  })
})
