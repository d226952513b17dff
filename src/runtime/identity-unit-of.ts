import { DryIdentityUnit } from '../people/dry-identity-unit.ts'
import type { Identities } from '../people/identities.ts'
import { IdentityUnit } from '../people/identity-unit.ts'
import type { Realm } from '../realms/realm.ts'
import type { World } from './world.ts'

/** Creates a unit of identity changes for one step, with the realm's settings. */
export function identityUnitOf(identities: Identities): World['identityUnit'] {
  return ({ path, settings: { lockout, passwordPolicy, helpDesk } }, step) =>
    new IdentityUnit(identities, path, lockout, passwordPolicy, {
      ...step,
      quietHours: helpDesk.mailQuietHours,
    })
}

/** Creates a unit for a script trial. A dry unit saves nothing. */
export function trialUnitOf(identities: Identities) {
  return ({ path, settings: { lockout, passwordPolicy, helpDesk } }: Realm, isDry: boolean): IdentityUnit =>
    new (isDry ? DryIdentityUnit : IdentityUnit)(identities, path, lockout, passwordPolicy, {
      quietHours: helpDesk.mailQuietHours,
    })
}
