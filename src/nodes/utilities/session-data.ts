import { z } from 'zod'
import { goTo } from '../../engine/action.ts'
import { singleOutcome } from '../../engine/node-type.ts'
import { defineNode, setting } from '../define-node.ts'
import { container, storeAttribute } from '../identity-management/object-attributes.ts'

/**
 * Copies a property of the current session to state. Source: "Get Session Data node". A copy as `userName` is also the username if
 * the journey has none: the default journey UpdatePassword checks the password of this person next.
 */
export const sessionData = defineNode({
  type: 'SessionDataNode',
  title: 'Get Session Data',
  help: 'Copies a property of the current session to shared state. Without the session or the property it does nothing.',
  tags: ['utilities', 'session'],
  config: () =>
    z.object({
      sessionDataKey: setting(
        'Session Data Key',
        'Name of the session property.',
        z.string().min(1),
        'sessionProperty',
      ),
      sharedStateKey: setting('Shared State Key', 'State key for the copy.', z.string().min(1), 'stateKey'),
    }),
  outcomes: singleOutcome,
  reads: ({ sharedStateKey }) => [container, ...usernameFor(sharedStateKey)],
  writes: ({ sharedStateKey }) => [sharedStateKey, container, ...usernameFor(sharedStateKey)],
  reference: { inputs: 'the session of the request' },
  run({ config, state, existingSession = {} }) {
    const { sessionDataKey, sharedStateKey } = config
    const value = Object.hasOwn(existingSession, sessionDataKey) ? existingSession[sessionDataKey] : undefined
    if (value !== undefined) {
      state.putShared(sharedStateKey, value)
      storeAttribute(state, 'shared', sharedStateKey, value)
      for (const key of usernameFor(sharedStateKey)) if (state.get(key) === null) state.putShared(key, value)
    }
    return goTo('outcome')
  },
})

function usernameFor(key: string): string[] {
  return key === 'userName' ? ['username'] : []
}
