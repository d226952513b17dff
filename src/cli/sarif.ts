import { createHash } from 'node:crypto'
import type { JsonObject } from '../base/json.ts'
import type { Severity } from '../journeys/lint/finding.ts'
import { readingRules } from '../journeys/lint/reading-rules.ts'
import type { RuleText } from '../journeys/lint/rule.ts'
import { rules } from '../journeys/lint/rules.ts'
import type { LocatedFinding } from './located-finding.ts'

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'note' }

/**
 * Writes findings in the form that code scanning of GitHub and other tools read (SARIF 2.1.0).
 * @param otherwise the path of findings without a place, because GitHub accepts none without.
 */
export function sarif(findings: readonly LocatedFinding[], version: string, otherwise: string): JsonObject {
  const texts: readonly RuleText[] = [...Object.values(readingRules), ...rules]
  const seen = new Map<string, number>()
  const results = findings.map((finding) => {
    const print = fingerprint(finding)
    const count = (seen.get(print) ?? 0) + 1
    seen.set(print, count)
    return {
      ruleId: finding.rule,
      ruleIndex: texts.findIndex(({ id }) => id === finding.rule),
      level: levels[finding.severity],
      message: { text: `${finding.message} ${finding.remedy}` },
      locations: [location(finding, otherwise)],
      partialFingerprints: { primaryLocationLineHash: `${print}:${count}` },
    }
  })
  const driver = { name: 'Sidegate', semanticVersion: version, rules: texts.map(descriptor) }
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
}

function descriptor({ id, severity, what, why, remedy }: RuleText): JsonObject {
  return {
    id,
    shortDescription: { text: what },
    fullDescription: { text: `${what} ${why}` },
    help: { text: `${why} ${remedy}`, markdown: `- Why: ${why}\n- Fix: ${remedy}` },
    defaultConfiguration: { level: levels[severity] },
  }
}

function location({ journey, nodeId, place }: LocatedFinding, otherwise: string): JsonObject {
  const uri = (place?.file ?? otherwise).split('/').map(encodeURIComponent).join('/')
  const region = place === undefined ? {} : { region: { startLine: place.line } }
  const name = [journey, nodeId].filter((part) => part !== undefined).join('/')
  return {
    physicalLocation: { artifactLocation: { uri }, ...region },
    ...(name === '' ? {} : { logicalLocations: [{ fullyQualifiedName: name }] }),
  }
}

/** What a finding is about, without its line: GitHub then knows the finding again after other lines were added above it. */
function fingerprint({
  rule,
  journey,
  nodeId,
  setting,
  outcome,
  scriptId,
  message,
  place,
}: LocatedFinding): string {
  const subject = scriptId ?? [journey ?? place?.file, nodeId, setting, outcome]
  const text = JSON.stringify([rule, subject, message.replaceAll(/\bline \d+/g, 'line')])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
