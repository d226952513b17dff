import * as z from 'zod/mini'
import { journeyPartsSchema, type NodeSettings } from '../../../api/journey-document.ts'
import { isJsonObject } from '../../../api/json.ts'
import { type BrowserCopy, type CopyKey, readBrowserCopy } from '../../saving/browser-copy.ts'
import { type Draft, memberOf } from '../model/draft.ts'
import { isSameDraft } from '../model/draft-equality.ts'
import type { DescribeSetting } from '../model/node-type-catalogue.ts'
import type { Saved, UnsavedChanges } from '../store/editor-state.ts'

const optionalText = z.optional(z.string())
const nullableText = z.nullable(z.string())
const nullableTime = z.nullable(z.number())

const unsavedSchema = z.object({
  parts: journeyPartsSchema,
  saved: z.object({
    draft: journeyPartsSchema,
    savedAt: nullableTime,
    savedBy: nullableText,
    revision: optionalText,
    base: z.optional(nullableText),
    published: z.optional(
      z.object({ _rev: z.string(), savedAt: nullableTime, savedBy: nullableText, saves: z.number() }),
    ),
    isBehind: z.boolean(),
    isDefault: z.boolean(),
  }),
  hadSecrets: z.boolean(),
})

export function readUnsavedChanges(key: CopyKey): BrowserCopy<UnsavedChanges> | undefined {
  const copy = readBrowserCopy(key, unsavedSchema)
  if (copy === undefined) return undefined
  const { revision, base, published, ...saved } = copy.value.saved
  return { ...copy, value: { ...copy.value, saved: { ...saved, revision, base, published } } }
}

/** The unsaved changes of the editor, without secrets that were typed. Undefined if there are none. */
export function unsavedChanges(
  present: Draft,
  saved: Saved,
  describe: DescribeSetting,
): UnsavedChanges | undefined {
  if (isSameDraft(saved.draft, present)) return undefined
  let hadSecrets = false
  const kept = (nodes: Draft['nodes'], before: Draft['nodes']) =>
    Object.fromEntries(
      Object.entries(nodes).map(([id, settings]) => {
        const shown = withoutTypedSecrets(
          settings,
          memberOf(before, id),
          typeOf(present, id, settings),
          describe,
        )
        if (shown !== settings) hadSecrets = true
        return [id, shown]
      }),
    )
  const { tree } = present
  const nodes = kept(present.nodes, saved.draft.nodes)
  const innerNodes = kept(present.innerNodes, saved.draft.innerNodes)
  return { parts: { tree, nodes, innerNodes }, saved: storedPart(saved), hadSecrets }
}

/** Secrets are put back to the stored value, which the server sends masked. */
function withoutTypedSecrets(
  settings: NodeSettings,
  before: NodeSettings | undefined,
  type: string,
  describe: DescribeSetting,
): NodeSettings {
  const typed = Object.keys(settings).filter(
    (name) => describe(type, name).isSecret && settings[name] !== before?.[name] && settings[name] !== '',
  )
  if (typed.length === 0) return settings
  const { ...rest } = settings
  for (const name of typed) {
    delete rest[name]
    const stored = before?.[name]
    if (stored !== undefined) rest[name] = stored
  }
  return rest
}

function typeOf({ tree }: Draft, id: string, { _type }: NodeSettings): string {
  const own = isJsonObject(_type) ? _type._id : undefined
  return typeof own === 'string' ? own : (memberOf(tree.nodes, id)?.nodeType ?? '')
}

/** Without members that only the server's answer has. */
function storedPart({ published, ...saved }: Saved): Saved {
  if (published === undefined) return { ...saved, published }
  const { _rev, savedAt, savedBy, saves } = published
  return { ...saved, published: { _rev, savedAt, savedBy, saves } }
}
