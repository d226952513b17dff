import { misfitsIn } from '../placed-settings.ts'
import type { Rule } from '../rule.ts'

export const esvType: Rule = {
  id: 'esv-type',
  severity: 'error',
  what: 'A variable or secret has a value that a setting with its placeholder does not take, or the values are too long.',
  why: 'A journey that reaches the node fails.',
  remedy: 'Correct the value of the variable, or ask for a type as in `{"$int": "&{esv.name}"}`.',
  check(journey, { esv }) {
    return misfitsIn(journey, esv).map(({ node, setting, name, why }) => {
      const message = `Setting '${setting}' of '${node.name}' can't use ${name}: ${why}.`
      return { nodeId: node.id, setting, message }
    })
  },
}
