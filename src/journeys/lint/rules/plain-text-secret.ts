import { membersOf } from '../linted-journey.ts'
import { secretSettings, secretsIn } from '../plain-secrets.ts'
import type { Rule } from '../rule.ts'
import { usedScripts } from '../used-scripts.ts'

export const plainTextSecret: Rule = {
  id: 'plain-text-secret',
  severity: 'warning',
  what: 'A script or setting contains a password or key in plain text.',
  why: 'It is in exports and backups, and visible to everyone who can read journeys.',
  remedy: 'Read it from an environment secret, as `&{esv.name}` or with `systemEnv.getProperty`.',
  check(journey, realm) {
    const settings = membersOf(journey).flatMap(({ id, name, config }) =>
      secretSettings(config).map((setting) => ({
        nodeId: id,
        setting,
        message: `Setting '${setting}' of '${name}' contains a secret in plain text.`,
      })),
    )
    const scripts = usedScripts(journey, realm).flatMap(({ script, nodeId }) =>
      secretsIn(script.source).map(({ name, line }) => ({
        nodeId,
        scriptId: script.id,
        line,
        message: `Script '${script.name}', line ${line}: '${name}' looks like a secret in plain text.`,
      })),
    )
    return [...settings, ...scripts]
  },
}
