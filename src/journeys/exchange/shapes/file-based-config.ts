import { asText } from '../../../base/as-text.ts'
import type { Shape } from '../piece.ts'
import { entityOf, entityPieces } from './entity.ts'

const prefix = 'default/'

/** Folders of scripts, which are one level deeper than those of other entities. */
const scriptFolder = /^(?:scriptConfigurations|globalScripts)\//

/** File-based configuration of a container image: like Amster, with ids below `default/`. */
export const fileBasedConfig: Shape = {
  name: 'a file of a file-based configuration',
  matches: ({ json }) => asText(entityOf(json)?.data._id).startsWith(prefix),
  pieces({ json }) {
    const entity = entityOf(json)
    if (entity === undefined) return []
    const id = asText(entity.data._id).slice(prefix.length)
    return entityPieces(entity, id.replace(scriptFolder, ''))
  },
}
