import { asText } from '../../../base/as-text.ts'
import type { Shape } from '../piece.ts'
import { entityOf, entityPieces } from './entity.ts'

/** Amster: one file per entity, in folders by entity type. */
export const amster: Shape = {
  name: 'a file of Amster',
  matches: ({ json }) => entityOf(json) !== undefined,
  pieces({ json }) {
    const entity = entityOf(json)
    if (entity === undefined) return []
    return entityPieces(entity, asText(entity.data._id ?? entity.metadata.entityId))
  },
}
