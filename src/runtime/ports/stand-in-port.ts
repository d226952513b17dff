import type { StandInPort } from '../../nodes/ports/ports.ts'
import { withoutCredentials } from '../../realms/kept-document.ts'
import type { Realm } from '../../realms/realm.ts'

/** Reads declarations at every run, so that a change takes effect at once, also in journeys that have begun. */
export function standInPort({ settings: { standIns } }: Pick<Realm, 'settings'>): StandInPort {
  return {
    declared(type) {
      const found = standIns.find((each) => each.type === type)
      if (found === undefined) return undefined
      const { does, outcome, url, sends, takes } = found
      return does === 'outcome' ? { does, outcome } : { does, url, sends, takes }
    },
    withoutSecrets: (settings) => withoutCredentials(settings),
  }
}
