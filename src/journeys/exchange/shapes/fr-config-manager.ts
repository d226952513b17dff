import type { ExportFile, Shape } from '../piece.ts'
import { rawResource, resourcePieces } from './raw-resource.ts'
import { isTree, treePieces } from './raw-tree.ts'

const inRealm = /(?:^|\/)realms\/([^/]+)\/(?:journeys|scripts|themes)\//
const inCustomNodes = /(?:^|\/)custom-nodes\//
const inTemplates = /(?:^|\/)email-templates\//

/** `fr-config-manager`: one file per journey, node and script, in `realms/<realm>/…`. */
export const frConfigManager: Shape = {
  name: 'a file of fr-config-manager',
  matches: (file) =>
    [inRealm, inCustomNodes, inTemplates].some((folder) => folder.test(file.path)) &&
    (isTree(file.json) || rawResource.matches(file)),
  pieces(file: ExportFile) {
    const realm = inRealm.exec(file.path)?.[1]
    const pieces = isTree(file.json) ? treePieces(file) : resourcePieces(file)
    return pieces.map((piece) => ({ ...piece, realm }))
  },
}
