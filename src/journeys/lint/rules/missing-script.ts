import { nothingChosen } from '../../../base/nothing-chosen.ts'
import { configProvider } from '../../../nodes/utilities/config-provider.ts'
import { scriptedDecision } from '../../../nodes/utilities/scripted-decision.ts'
import { missingLibraries } from '../../exchange/needs.ts'
import { membersOf } from '../linted-journey.ts'
import { missing } from '../missing-references.ts'
import type { Rule } from '../rule.ts'
import { usedScripts } from '../used-scripts.ts'

/** Value of the setting when no script is chosen. */
const runScripts: ReadonlySet<string> = new Set([scriptedDecision.type, configProvider.type])

const missingScripts = missing('script', (id) => `runs script ${id}`, 'script')

export const missingScript: Rule = {
  id: 'missing-script',
  severity: 'error',
  what: 'A script, or a library script that it requires, does not exist.',
  why: 'A journey that reaches the node fails.',
  remedy: 'Choose another script, or import the missing one.',
  check(journey, realm) {
    const libraries = usedScripts(journey, realm).flatMap(({ script, nodeId }) =>
      missingLibraries(script.source, realm.has).map(({ id }) => ({
        nodeId,
        scriptId: script.id,
        message: `Script '${script.name}' requires library script '${id}', which does not exist.`,
      })),
    )
    const unset = membersOf(journey)
      .filter(
        ({ type, config }) => runScripts.has(type) && (config.script ?? nothingChosen) === nothingChosen,
      )
      .map(({ id, name }) => ({ nodeId: id, setting: 'script', message: `'${name}' has no script.` }))
    return [...unset, ...missingScripts(journey, realm), ...libraries]
  },
}
