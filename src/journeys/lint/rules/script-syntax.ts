import type { Rule } from '../rule.ts'
import { usedScripts } from '../used-scripts.ts'

export const scriptSyntax: Rule = {
  id: 'script-syntax',
  severity: 'error',
  what: 'A script does not compile.',
  why: 'A journey that reaches the node fails.',
  remedy: 'Correct the script at this line.',
  check(journey, realm) {
    return usedScripts(journey, realm).flatMap(({ script, nodeId }) => {
      const [first] = realm.report(script)?.problems ?? []
      if (first === undefined) return []
      return [
        {
          nodeId,
          scriptId: script.id,
          line: first.line,
          message: `Script '${script.name}' does not compile: line ${first.line}: ${first.message}.`,
        },
      ]
    })
  },
}
