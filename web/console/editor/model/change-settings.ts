import type { Json } from '../../../api/json.ts'
import { type Draft, memberOf, nodeOf, withNode, withTree } from './draft.ts'
import { childOf, childrenOf, editChild, withChildren } from './page-children.ts'

/** Sets one setting of a node, on the canvas or on a page; undefined takes it out. */
export function changeSetting(draft: Draft, id: string, name: string, value: Json | undefined): Draft {
  const part = memberOf(draft.innerNodes, id) === undefined ? 'nodes' : 'innerNodes'
  const before = memberOf(draft[part], id) ?? { _id: id }
  const { [name]: _, ...rest } = before
  return {
    ...draft,
    [part]: { ...draft[part], [id]: value === undefined ? rest : { ...before, [name]: value } },
  }
}

/** The name that people see, of a node on the canvas or on a page. */
export function rename(draft: Draft, id: string, displayName: string): Draft {
  if (nodeOf(draft, id) !== undefined) return withNode(draft, id, { displayName })
  const pageId = childOf(draft, id)?.pageId
  if (pageId === undefined) return draft
  const children = childrenOf(draft, pageId).map((child) =>
    child.id === id ? editChild(child, { displayName }) : child,
  )
  return withChildren(draft, pageId, children)
}

/** Sets a setting of the journey itself; undefined takes it out. */
export function changeJourney(draft: Draft, name: string, value: Json | undefined): Draft {
  return withTree(draft, { [name]: value })
}

/** The categories that lists group journeys by. The wire keeps them as a text inside the document. */
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
