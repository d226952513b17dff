import { isJsonObject } from '../../engine/json.ts'
import { parsePatch, touchedBy } from '../../people/patch-operations.ts'
import type { Call, Route } from '../route.ts'

type Dangerous = NonNullable<Route['dangerous']>

const ofPassword = 'for `password`'

/** Actions that give somebody another way in, or other rights. */
const dangerousActions = new Set(['resetPassword', 'setRoles'])

/** Changes of a person after which somebody else can be them, or be more than they were. */
export const passwordPatch: Dangerous = { when: ofPassword, is: setsPassword }

export const dangerousAction: Dangerous = {
  when: 'for `resetPassword`, `setRoles`, and `patch` of `password`',
  is(call) {
    const action = call.query.get('_action') ?? ''
    return dangerousActions.has(action) || (action === 'patch' && setsPassword(call))
  },
}

/** @param isThere whether the call names somebody: the password of a new person is nobody's yet. */
export function passwordReplaced(isThere: (call: Call) => Promise<boolean>): Dangerous {
  return {
    when: `${ofPassword} of somebody there`,
    is: async (call) => isJsonObject(call.body) && Object.hasOwn(call.body, 'password') && isThere(call),
  }
}

function setsPassword({ body }: Call): boolean {
  return touchedBy(parsePatch(body)).includes('password')
}
