import type { Json } from '../../../api/json.ts'
import { type Draft, memberOf, nodeOf, withNode, withTree } from './draft.ts'
import { childOf, childrenOf, editChild, withChildren } from './page-children.ts'

/** Sets or removes (undefined) one setting of a node, on the canvas or on a page. */
export function changeSetting(draft: Draft, id: string, name: string, value: Json | undefined): Draft {
  const part = memberOf(draft.innerNodes, id) === undefined ? 'nodes' : 'innerNodes'
  const before = memberOf(draft[part], id) ?? { _id: id }
  const { [name]: _, ...rest } = before
  return {
    ...draft,
    [part]: { ...draft[part], [id]: value === undefined ? rest : { ...before, [name]: value } },
  }
}

/** Changes the display name of a node, on the canvas or on a page. */
export function rename(draft: Draft, id: string, displayName: string): Draft {
  if (nodeOf(draft, id) !== undefined) return withNode(draft, id, { displayName })
  const pageId = childOf(draft, id)?.pageId
  if (pageId === undefined) return draft
  const children = childrenOf(draft, pageId).map((child) =>
    child.id === id ? editChild(child, { displayName }) : child,
  )
  return withChildren(draft, pageId, children)
}

/** Sets or removes (undefined) one setting of the journey itself. */
export function changeJourney(draft: Draft, name: string, value: Json | undefined): Draft {
  return withTree(draft, { [name]: value })
}

/** The journey's categories, which the document stores as a JSON text. */
export function categoriesOf({ tree }: Draft): string[] {
  const text = tree.uiConfig?.categories
  if (typeof text !== 'string') return []
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : []
  } catch {
    return []
  }
}

export function changeCategories(draft: Draft, categories: readonly string[]): Draft {
  return withTree(draft, { uiConfig: { ...draft.tree.uiConfig, categories: JSON.stringify(categories) } })
}
