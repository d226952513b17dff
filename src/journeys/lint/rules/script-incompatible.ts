import type { Rule } from '../rule.ts'
import { usedScripts } from '../used-scripts.ts'

export const scriptIncompatible: Rule = {
  id: 'script-incompatible',
  severity: 'warning',
  what: "A script would not run on the vendor's engine.",
  why: 'The exported journey would fail on AM or AIC.',
  remedy: 'Use only ECMAScript 5, arrow functions and template literals.',
  check(journey, realm) {
    return usedScripts(journey, realm).flatMap(({ script, nodeId }) => {
      const byMessage = new Map(
        (realm.report(script)?.incompatibilities ?? []).toReversed().map((each) => [each.message, each]),
      )
      return [...byMessage.values()].toReversed().map(({ line, message }) => ({
        nodeId,
        scriptId: script.id,
        line,
        message: `Script '${script.name}', line ${line}: ${message}.`,
      }))
    })
  },
}
