import { misfitOf, placedSettings } from '../placed-settings.ts'
import type { Rule } from '../rule.ts'

export const esvType: Rule = {
  id: 'esv-type',
  severity: 'error',
  what: 'A variable or secret has a value that a setting with its placeholder does not take.',
  why: 'A journey that reaches the node fails.',
  remedy: 'Correct the value of the variable, or ask for a type as in `{"$int": "&{esv.name}"}`.',
  check(journey, realm) {
    return placedSettings(journey).flatMap((each) => {
      const { node, setting, placed } = each
      const misfit = misfitOf(each, realm)
      if (misfit === undefined) return []
      const message = `Setting '${setting}' of '${node.name}' can't use ${placed.name}: ${misfit}.`
      return [{ nodeId: node.id, setting, message }]
    })
  },
}
