import { defined } from '../../base/defined.ts'
import type { SaveMark } from '../../base/save-mark.ts'
import type { ConfigurationChange, ConfigurationStore, SaveContext } from '../configuration-store.ts'
import { nothing, repeat } from './save-journey.ts'

type Checked = { change?: Partial<ConfigurationChange> } & Pick<
  SaveContext,
  'removed' | 'alsoSaved' | 'realm'
>

/**
 * Saves or removes what depends on stored configuration. `prepare` reads and checks that, again after each concurrent change.
 * @returns what `prepare` returned, and whether it was saved or a name is taken.
 */
export function saveChecked<Prepared extends Checked>(
  configuration: ConfigurationStore,
  { realm, mark }: { realm: string; mark: SaveMark },
  prepare: () => Promise<Prepared>,
): Promise<Prepared & { result: 'saved' | 'name' }> {
  return repeat(async () => {
    const version = await configuration.version()
    const prepared = await prepare()
    const { change, removed = {}, alsoSaved = [], realm: saved } = prepared
    const around = { mark, removed, alsoSaved, ...defined({ realm: saved }) }
    const result = await configuration.saveAll(realm, { ...nothing, ...change }, version, around)
    return result === 'changed' ? false : { ...prepared, result }
  })
}
