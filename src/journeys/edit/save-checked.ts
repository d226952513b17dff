import type { ConfigurationChange, ConfigurationStore } from '../configuration-store.ts'
import type { SaveMark } from '../save-mark.ts'
import { nothing, repeat } from './save-journey.ts'

/**
 * Saves a change that depends on stored configuration. `prepare` reads and checks that, again after each concurrent change.
 * @returns what `prepare` returned, and whether it was saved or a name is taken.
 */
export function saveChecked<Prepared extends { change: Partial<ConfigurationChange> }>(
  configuration: ConfigurationStore,
  { realm, mark }: { realm: string; mark: SaveMark },
  prepare: () => Promise<Prepared>,
): Promise<Prepared & { result: 'saved' | 'name' }> {
  return repeat(async () => {
    const version = await configuration.version()
    const prepared = await prepare()
    const result = await configuration.saveAll(realm, { ...nothing, ...prepared.change }, version, { mark })
    return result === 'changed' ? false : { ...prepared, result }
  })
}
