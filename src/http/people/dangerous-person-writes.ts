import { isDeepStrictEqual } from 'node:util'
import { deviceAttributes } from '../../attributes/attribute.ts'
import { isJsonObject, type JsonObject } from '../../base/json.ts'
import { datedAttributes, isChanged } from '../../people/change-times.ts'
import type { Identity } from '../../people/identity.ts'
import { type Person, personOf } from '../../people/managed-object.ts'
import { applyPatch, parsePatch, touchedBy } from '../../people/patch-operations.ts'
import type { Call, Route } from '../route.ts'

type Dangerous = NonNullable<Route['dangerous']>

/** Finds the person whom a call changes. */
type Existing = (call: Call) => Promise<Identity | undefined>

const ofWrite =
  'of the password, of how the person is reached (`mail`, `telephoneNumber`, `manager`), or of how they sign in or are verified'

/** Actions that change credentials or rights. */
const dangerousActions = new Set(['resetPassword', 'setRoles'])

/** Attributes by which people sign in, are reached, or get their account back, beside the dated ones. */
const otherAttributes = [
  ...['aliasList', 'employeeType', 'kbaInfo', 'userCode', 'userName'],
  ...Object.values(deviceAttributes),
]

/** A PATCH that sets a password, or changes how the person signs in or is verified. */
export function dangerousPatch(existing: Existing): Dangerous {
  return { when: `for a change ${ofWrite}`, is: (call) => patches(call, existing) }
}

export function dangerousAction(existing: Existing): Dangerous {
  return {
    when: `for \`resetPassword\`, \`setRoles\`, and a \`patch\` ${ofWrite}`,
    async is(call) {
      const action = call.query.get('_action') ?? ''
      return dangerousActions.has(action) || (action === 'patch' && (await patches(call, existing)))
    },
  }
}

/** Like {@link dangerousPatch}. Values of a new person are not dangerous. */
export function dangerousReplacement(existing: Existing): Dangerous {
  return {
    when: `for a change ${ofWrite}, of an existing person`,
    async is(call) {
      const { body } = call
      if (!isJsonObject(body)) return false
      const before = await existing(call)
      if (before === undefined) return false
      return Object.hasOwn(body, 'password') || changesAccount(personOf(before), body)
    },
  }
}

async function patches(call: Call, existing: Existing): Promise<boolean> {
  const operations = parsePatch(call.body)
  if (touchedBy(operations).includes('password')) return true
  const identity = await existing(call)
  if (identity === undefined) return false
  const before = personOf(identity)
  return changesAccount(before, applyPatch(before, operations))
}

function changesAccount(before: Person, after: JsonObject): boolean {
  // rule S82: otherwise an older session changes how a person is reached
  return (
    datedAttributes.some((name) => isChanged(name, before, after)) ||
    // rule S82: otherwise an older session changes how a person signs in or is verified
    otherAttributes.some((name) => !isDeepStrictEqual(before[name] ?? null, after[name] ?? null))
  )
}
