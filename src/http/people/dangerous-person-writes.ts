import { isJsonObject } from '../../engine/json.ts'
import { parsePatch, touchedBy } from '../../people/patch-operations.ts'
import type { Call, Route } from '../route.ts'

type Dangerous = NonNullable<Route['dangerous']>

const ofPassword = 'for `password`'

/** Actions that change credentials or rights. */
const dangerousActions = new Set(['resetPassword', 'setRoles'])

/** A PATCH that sets a password. */
export const passwordPatch: Dangerous = { when: ofPassword, is: setsPassword }

export const dangerousAction: Dangerous = {
  when: 'for `resetPassword`, `setRoles`, and `patch` of `password`',
  is(call) {
    const action = call.query.get('_action') ?? ''
    return dangerousActions.has(action) || (action === 'patch' && setsPassword(call))
  },
}

/** @param exists whether the person exists. Setting the password of a new person is not dangerous. */
export function passwordReplaced(exists: (call: Call) => Promise<boolean>): Dangerous {
  return {
    when: `${ofPassword} of an existing person`,
    is: async (call) => isJsonObject(call.body) && Object.hasOwn(call.body, 'password') && exists(call),
  }
}

function setsPassword({ body }: Call): boolean {
  return touchedBy(parsePatch(body)).includes('password')
}
