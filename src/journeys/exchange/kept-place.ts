import {
  filesSections,
  isFilesSection,
  type KeptDocument,
  keptDocumentSchema,
  keptId,
  keptKind,
} from './kept-documents.ts'
import { frConfigManager } from './shapes/fr-config-manager.ts'
import { isSection } from './shapes/sections.ts'

/** Sections that exports write themselves, besides those that imports read. */
const ownSections: ReadonlySet<string> = new Set(['meta', 'tree', 'trees', 'saml', 'sidegateBundle'])

/**
 * Why a document can't be kept in its place; undefined if it can. An export puts it there, so that another import must read it as
 * kept, and its files must stay inside the folder.
 */
export function placeProblem(document: KeptDocument): string | undefined {
  const { section, key, files = {} } = document
  if (isSection(section) || ownSections.has(section)) return `'${section}' is not a section that is only kept`
  if (!isFilesSection(section)) return undefined
  const outside = [key ?? '', ...Object.keys(files)].find((path) => !isInside(path))
  if (outside !== undefined) return `'${outside}' is not the path of a file in the folder`
  if (section === filesSections.frConfig && !isReadAsKept(document))
    return `'${key}' is the path of a file that is not only kept`
  return undefined
}

/** Whether a path stays in its folder, on each kind of system. */
function isInside(path: string): boolean {
  const parts = path.split('/')
  return !/[\\:\p{Cc}]/u.test(path) && parts.every((part) => part !== '' && part !== '.' && part !== '..')
}

function isReadAsKept(document: KeptDocument): boolean {
  const { scope, key = '', value } = document
  const path = scope === 'global' ? key : `realms/alpha/${key}`
  const json = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
  const pieces = frConfigManager.pieces({ path, json, roots: [''] })
  return pieces.every((piece) => piece.kind === keptKind && isSamePlace(piece.json, document))
}

function isSamePlace(json: unknown, document: KeptDocument): boolean {
  const { data } = keptDocumentSchema.safeParse(json)
  return data !== undefined && keptId(data) === keptId(document)
}
