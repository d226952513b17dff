import type { Rule } from '../rule.ts'
import { usedScripts } from '../used-scripts.ts'

export const scriptUnknownName: Rule = {
  id: 'script-unknown-name',
  severity: 'warning',
  what: 'A script uses a name that does not exist where it runs: a misspelt binding or member, or one of the other script engine.',
  why: 'The script throws when it reaches the line, or reads `undefined`.',
  remedy: 'Correct the name, or declare it.',
  check(journey, realm) {
    return usedScripts(journey, realm).flatMap(({ script, nodeId }) =>
      (realm.report(script)?.unknownNames ?? []).map(({ line, message }) => ({
        nodeId,
        scriptId: script.id,
        line,
        message: `Script '${script.name}', line ${line}: ${message}${message.endsWith('?') ? '' : '.'}`,
      })),
    )
  },
}
