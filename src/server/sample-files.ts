import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, parse } from 'node:path'
import { z } from 'zod'
import { type JsonObject, jsonObjectSchema, jsonSchema } from '../engine/json.ts'
import { assemble } from '../journeys/exchange/assemble.ts'
import type { Bundle } from '../journeys/exchange/bundle.ts'
import { piecesOf } from '../journeys/exchange/detect.ts'
import type { Piece } from '../journeys/exchange/piece.ts'

/**
 * Reads the samples of a realm: journeys as exports, scripts with an index, email templates by name. Custom node types are
 * shared by all realms and have their own folder.
 *
 * @param folders of the realm and of the custom node types; missing subfolders are skipped.
 * @throws Error naming the unreadable sample.
 */
export function readSamples(realm: string, folders: { realm: string; customNodes?: string }): Bundle {
  const pieces = [
    ...(folders.customNodes === undefined ? [] : customNodePieces(folders.customNodes)),
    ...scriptPieces(join(folders.realm, 'scripts')),
    ...filesIn(join(folders.realm, 'email-templates')).map(
      (path): Piece => ({ kind: 'emailTemplate', key: parse(path).name, json: readObject(path) }),
    ),
    ...filesIn(join(folders.realm, 'journeys')).flatMap((path) => piecesOf(readObject(path))),
  ]
  const bundle = assemble(pieces, { realm, readText: (path) => readFileSync(path, 'utf8') })
  const [problem] = bundle.findings
  if (problem !== undefined) throw new Error(`A sample cannot be read: ${problem.message}`)
  return bundle
}

function customNodePieces(folder: string): Piece[] {
  return readdirSync(folder).map((name) => ({
    kind: 'customNodeType',
    key: name,
    json: {
      ...readObject(join(folder, name, 'definition.json')),
      script: { file: join(folder, name, 'script.js') },
    },
  }))
}

const scriptIndexSchema = z.array(z.looseObject({ _id: z.string(), file: z.string() }))

function scriptPieces(folder: string): Piece[] {
  if (!existsSync(folder)) return []
  return scriptIndexSchema.parse(readJson(join(folder, 'index.json'))).map(({ file, ...rest }) => ({
    kind: 'script',
    key: rest._id,
    json: { ...jsonObjectSchema.parse(rest), script: { file: join(folder, file) } },
  }))
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((file) => join(folder, file)) : []
}

function readObject(path: string): JsonObject {
  return jsonObjectSchema.parse(readJson(path))
}

function readJson(path: string) {
  return jsonSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
}
