import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { decodedBase64, type ExpressionType, expressionTypes } from '../engine/expression-type.ts'
import type { EsvLookup, EsvValue } from '../engine/placeholders.ts'
import { nameOfId } from '../esvs/esv.ts'
import { filesIn } from '../journeys/exchange/found-files.ts'
import { variableOf } from '../secrets/secret-labels.ts'

/** Files of frodo (`all.variable.json`) and fr-config-manager (`esvs/variables/esv-port.json`). */
const files = /(?:\.(?:variable|secret)\.json|(?:^|[\\/])esvs[\\/](?:variables|secrets)[\\/][^\\/]+\.json)$/

const esvSchema = z.looseObject({
  _id: z.string(),
  expressionType: z.enum(expressionTypes).catch('string'),
  valueBase64: z.string().optional(),
})

const one = z.record(z.string(), z.unknown()).transform((members) => Object.values(members))
const fileSchema = z.union([
  esvSchema.transform((esv) => [esv]),
  z
    .looseObject({
      variable: one.optional(),
      variables: one.optional(),
      secret: one.optional(),
      secrets: one.optional(),
    })
    .transform(({ variable = [], variables = [], secret = [], secrets = [] }) =>
      [...variable, ...variables, ...secret, ...secrets].flatMap(
        (each) => esvSchema.safeParse(each).data ?? [],
      ),
    ),
])

/** For values that only the pipeline knows. */
const samples: Readonly<Partial<Record<ExpressionType, string>>> = {
  int: '1',
  number: '1',
  bool: 'true',
  array: '[]',
  object: '{}',
  keyvaluelist: '{}',
}

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The variables and secrets in exports and in the environment of the command.
 * @returns undefined if neither has any, so that nobody knows which ones the server has.
 */
export function esvsOfFiles(paths: readonly string[], environment: Environment): EsvLookup | undefined {
  const known = new Map<string, EsvValue>()
  for (const [name, text] of Object.entries(environment)) {
    if (name.startsWith('ESV_') && text !== undefined)
      known.set(name, { text, type: undefined, isVariable: false })
  }
  for (const { path } of filesIn(paths).filter(({ path }) => files.test(path))) {
    for (const esv of esvsIn(path)) known.set(nameOfId(esv._id), esvValueOf(esv, environment))
  }
  if (known.size === 0) return undefined
  return (name) => known.get(variableOf(name.replace(/^esv[.-]/i, '')) ?? '')
}

/** Broken files are reported by the reader of the export. */
function esvsIn(path: string): z.infer<typeof esvSchema>[] {
  try {
    return fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? []
  } catch {
    return []
  }
}

function esvValueOf(
  { _id, valueBase64, expressionType: type }: z.infer<typeof esvSchema>,
  environment: Environment,
) {
  const given = valueBase64 === undefined ? undefined : decodedBase64(valueBase64)
  const text = given ?? environment[nameOfId(_id)]
  return { text: text ?? samples[type] ?? '', type, isVariable: true, isSample: text === undefined }
}
