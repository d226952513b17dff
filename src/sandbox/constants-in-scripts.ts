import type { AnyNode } from 'acorn'
import type { Place } from '../base/script-scopes.ts'
import type { ScriptVariables } from './script-variables.ts'

/** Finds constants that have another value on the vendor's engine, where they belong to a function and never change. */
export function findConstants(values: ScriptVariables): { node: AnyNode; message: string }[] {
  return values.places.flatMap((place) => {
    const message = messageOf(values, place)
    return message === undefined ? [] : [{ node: place.node, message }]
  })
}

function messageOf(values: ScriptVariables, { node, parent, scope, isInLoop }: Place): string | undefined {
  if (node.type !== 'VariableDeclaration' || node.kind !== 'const' || /^For/.test(parent.type))
    return undefined
  for (const { id } of node.declarations) {
    const variable = id.type === 'Identifier' ? scope.find(id.name) : undefined
    if (values.isOutside(scope)) {
      if (variable?.isAlsoVar !== true) return 'a `const` outside functions reads as undefined'
    } else if (isInLoop) return 'a `const` in a loop keeps its first value'
    else if (variable !== undefined && variable.stores.length > 1)
      return 'a later value of a `const` is ignored'
    else if (variable?.uses.some((use) => use.start < node.start || use.start > parent.end))
      return 'a `const` exists in its whole function'
  }
  return undefined
}
