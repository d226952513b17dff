import { type Action, fail, goTo } from '../../engine/action.ts'
import type { NodeState } from '../../engine/node-state.ts'
import { defineNode } from '../define-node.ts'
import { authenticatedBy, authenticationKinds, factorErrors, personWithFactor } from './multi-factor.ts'
import { pushDevicesOf, pushKeys } from './push-device.ts'

const { messageId, mechanismUid, number, content } = pushKeys

/**
 * Says whether the app approved. Only a notification of this journey to this person counts, once, and only while the device is
 * registered. Source: "Push Result Verifier node".
 */
export const pushResultVerifier = defineNode({
  type: 'PushResultVerifierNode',
  title: 'Push Result Verifier',
  help: 'Checks what the person answered to a push notification.',
  tags: ['mfa', 'multi-factor authentication'],
  outcomes: { all: { TRUE: 'Success', FALSE: 'Failure', EXPIRED: 'Expired', WAITING: 'Waiting' } },
  reads: () => ['username', messageId, mechanismUid, authenticationKinds],
  writes: () => [messageId, mechanismUid, number, content, authenticationKinds],
  errors: {
    warn: { 'the device that approved is no longer registered': 'It was removed meanwhile.' },
    fail: { ...factorErrors, 'Unable to find push message ID': 'No Push Sender node ran before.' },
  },
  requires: () => ['username', messageId],
  proves: { TRUE: 'push' },
  needs: ['identities', 'devices', 'push'],
  reference: {
    outputs: 'the time the device was last used, and the session property `NodeType`',
    keys: { [content]: 'The members of the app’s answer.' },
    outcomes: {
      TRUE: 'The person approved. Only a notification with a number proves possession of the device.',
      FALSE: 'The person denied it, chose a wrong number, or is not the one who was asked.',
      EXPIRED: 'The person didn’t answer in time.',
      WAITING: 'There is no answer yet.',
    },
    example: 'After Push Wait, to which `WAITING` leads back.',
  },
  async run({
    state,
    identities,
    devices,
    push,
    now,
    log,
  }): Promise<Action<'TRUE' | 'FALSE' | 'EXPIRED' | 'WAITING'>> {
    const id = state.getText(messageId)
    if (id === undefined) return fail('Unable to find push message ID')
    const person = await personWithFactor(state, identities)
    if (typeof person === 'string') return fail(person)
    const result = await push.take('authenticate', id, person._id)
    if (result.kind === 'waiting') return goTo('WAITING')
    const uid = state.getText(mechanismUid)
    forget(state)
    if (result.kind !== 'approved') return goTo(result.kind === 'denied' ? 'FALSE' : 'EXPIRED')
    const registered = await pushDevicesOf(devices, person)
    const device = registered.find(({ deviceMechanismUID }) => deviceMechanismUID === uid)
    // rule S58: otherwise a removed device approves
    if (device === undefined) {
      log.warn('the device that approved is no longer registered')
      return goTo('FALSE')
    }
    const used = { ...device, lastAccessDate: now }
    await devices.save(
      person._id,
      'push',
      registered.map((each) => (each === device ? used : each)),
    )
    state.putShared(content, result.claims)
    return goTo('TRUE', {
      ...authenticatedBy(state, 'AuthenticatorPush'),
      // rule S56: otherwise a tap counts as a factor
      isUnproven: !result.isMatched,
    })
  },
})

function forget(state: NodeState): void {
  state.remove(messageId).remove(mechanismUid).remove(number)
}
