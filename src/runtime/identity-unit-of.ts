import { DryIdentityUnit } from '../people/dry-identity-unit.ts'
import type { Identities } from '../people/identities.ts'
import { IdentityUnit } from '../people/identity-unit.ts'
import type { Realm } from '../realms/realm.ts'
import type { World } from './world.ts'

/** The people of a realm as one step sees and changes them, by the settings of the realm. */
export function identityUnitOf(identities: Identities): World['identityUnit'] {
  return ({ path, settings: { lockout, passwordPolicy, helpDesk } }, step) =>
    new IdentityUnit(identities, path, lockout, passwordPolicy, {
      ...step,
      quietHours: helpDesk.mailQuietHours,
    })
}

/** The same for a script that is tried; a dry unit keeps its changes to itself. */
export function trialUnitOf(identities: Identities) {
  return ({ path, settings: { lockout, passwordPolicy, helpDesk } }: Realm, isDry: boolean): IdentityUnit =>
    new (isDry ? DryIdentityUnit : IdentityUnit)(identities, path, lockout, passwordPolicy, {
      quietHours: helpDesk.mailQuietHours,
    })
}
