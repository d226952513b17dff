import { badRequest } from '../../base/errors.ts'
import { isJsonObject, type Json } from '../../base/json.ts'
import type { Piece, Shape } from './piece.ts'
import { adminUi } from './shapes/admin-ui.ts'
import { amster } from './shapes/amster.ts'
import { amtree } from './shapes/amtree.ts'
import { companiesHouse } from './shapes/companies-house.ts'
import { customNodeTypes } from './shapes/custom-node-types.ts'
import { fileBasedConfig } from './shapes/file-based-config.ts'
import { frConfigManager } from './shapes/fr-config-manager.ts'
import { frodoPlace } from './shapes/frodo-folders.ts'
import { frodoFullConfig } from './shapes/frodo-full-config.ts'
import { frodoMulti } from './shapes/frodo-multi.ts'
import { frodoSingle } from './shapes/frodo-single.ts'
import { layout } from './shapes/layout.ts'
import { rawResource } from './shapes/raw-resource.ts'
import { rawTree } from './shapes/raw-tree.ts'

/** All forms of exports, specific ones before general ones. */
const shapes: readonly Shape[] = [
  adminUi,
  frodoMulti,
  companiesHouse,
  amtree,
  frodoSingle,
  customNodeTypes,
  layout,
  fileBasedConfig,
  amster,
  frConfigManager,
  rawTree,
  rawResource,
  frodoFullConfig,
]

/** The form of a parsed file; undefined for an unknown one. */
export function shapeOf(json: Json, path = '', roots: readonly string[] = []): Shape | undefined {
  return isJsonObject(json) ? shapes.find((shape) => shape.matches({ path, json, roots })) : undefined
}

/**
 * Splits a parsed file into pieces.
 * @param path needed for exports with one file per thing; empty for a request body.
 * @param roots the folders of fr-config-manager among all files.
 * @throws RequestError 400 that describes the file, if it is not an export.
 */
export function piecesOf(json: Json, path = '', roots: readonly string[] = []): Piece[] {
  const shape = shapeOf(json, path, roots)
  if (shape === undefined || !isJsonObject(json)) {
    throw badRequest(`This is not an export of journeys but ${described(json)}`)
  }
  const realm = frodoPlace(path)?.realm
  return shape.pieces({ path, json, roots }).map((piece) => ({ ...piece, path, realm: piece.realm ?? realm }))
}

const shownMembers = 5

function described(json: Json): string {
  if (Array.isArray(json)) return `a list of ${json.length}`
  if (!isJsonObject(json)) return json === null ? 'null' : `a ${typeof json}`
  const names = Object.keys(json)
  if (names.length === 0) return 'an empty object'
  const more = names.length > shownMembers ? ` and ${names.length - shownMembers} more` : ''
  return `an object with ${names.slice(0, shownMembers).join(', ')}${more}`
}
