import { Document, isCollection, type Node } from 'yaml'

/** Members whose values are written on one line each. */
const inline = new Set([
  'people',
  'esv',
  'steps',
  'path',
  'mail',
  'http',
  'ends',
  'stub',
  'headers',
  'parties',
])

/** Writes a walk file. */
export function yamlOf(content: object): string {
  const document = new Document(content, { aliasDuplicateObjects: false })
  inlineIn(document.contents, 2)
  return document.toString({ lineWidth: 130, flowCollectionPadding: true })
}

/** Writes small members in one line, and the items of long ones. */
function inlineIn(node: Node | null, depth: number): void {
  if (!isCollection(node) || depth < 0) return
  for (const item of node.items) {
    // Pairs of a map, or items of a list.
    const { key, value = item } = item as { key?: { value?: unknown }; value?: unknown }
    const name = String(key?.value ?? '')
    if (!isCollection(value)) continue
    if (!inline.has(name)) inlineIn(value, depth)
    else if (['steps', 'people', 'http', 'mail'].includes(name) || !isShort(value))
      for (const each of value.items) flow(each)
    else value.flow = true
  }
}

/** Whether a list fits on a line. */
function isShort(list: Node): boolean {
  return JSON.stringify(list).length < 110
}

/** Writes a value in one line, or the members of a long one. */
function flow(item: unknown): void {
  const { value = item } = item as { value?: unknown }
  if (!isCollection(value)) return
  if (isShort(value)) value.flow = true
  else for (const member of value.items) flow(member)
}
