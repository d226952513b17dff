import { DryIdentityUnit } from '../people/dry-identity-unit.ts'
import type { Identities } from '../people/identities.ts'
import { IdentityUnit } from '../people/identity-unit.ts'
import { peopleRulesOf, type Realm } from '../realms/realm.ts'
import type { World } from './world.ts'

/** Creates a unit of identity changes for one step, with the realm's settings. */
export function identityUnitOf(identities: Identities): World['identityUnit'] {
  return (realm, step) => {
    const { lockout, helpDesk } = realm.settings
    return new IdentityUnit(identities, realm.path, lockout, peopleRulesOf(realm), {
      ...step,
      quietHours: helpDesk.mailQuietHours,
    })
  }
}

/** Creates a unit for a script trial. A dry unit saves nothing. */
export function trialUnitOf(identities: Identities) {
  return (realm: Realm, isDry: boolean): IdentityUnit => {
    const { lockout, helpDesk } = realm.settings
    return new (isDry ? DryIdentityUnit : IdentityUnit)(
      identities,
      realm.path,
      lockout,
      peopleRulesOf(realm),
      {
        quietHours: helpDesk.mailQuietHours,
      },
    )
  }
}
