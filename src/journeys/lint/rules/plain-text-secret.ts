import { membersOf } from '../linted-journey.ts'
import { secretSettings, secretsIn } from '../plain-secrets.ts'
import type { Rule } from '../rule.ts'
import { usedScripts } from '../used-scripts.ts'

export const plainTextSecret: Rule = {
  id: 'plain-text-secret',
  severity: 'warning',
  what: 'A password or key stands in plain text in a script or a setting.',
  why: 'Exports, backups and everybody who may read journeys have it.',
  remedy: 'Read it from an environment secret, as `&{esv.name}` or with `systemEnv.getProperty`.',
  check(journey, realm) {
    const settings = membersOf(journey).flatMap(({ id, name, config }) =>
      secretSettings(config).map((setting) => ({
        nodeId: id,
        message: `Setting '${setting}' of '${name}' holds a secret in plain text.`,
      })),
    )
    const scripts = usedScripts(journey, realm).flatMap(({ script, nodeId }) =>
      secretsIn(script.source).map(({ name, line }) => ({
        nodeId,
        message: `Script '${script.name}', line ${line}: '${name}' looks like a secret in plain text.`,
      })),
    )
    return [...settings, ...scripts]
  },
}
