import { expect, test } from 'vitest'
import { z } from 'zod'
import { rules } from '../journeys/lint/rules.ts'
import type { LocatedFinding } from './located-finding.ts'
import { sarif } from './sarif.ts'

const text = z.strictObject({ text: z.string().min(1), markdown: z.string().min(1).optional() })
const level = z.enum(['none', 'note', 'warning', 'error'])

/** The members that SARIF 2.1.0 requires, and those that GitHub requires, too. */
const log = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
        tool: z.strictObject({
          driver: z.strictObject({
            name: z.string().min(1),
            semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
            rules: z.array(
              z.strictObject({
                id: z.string().regex(/^[a-z-]+$/),
                shortDescription: text,
                fullDescription: text,
                help: text,
                defaultConfiguration: z.strictObject({ level }),
              }),
            ),
          }),
        }),
        results: z.array(
          z.strictObject({
            ruleId: z.string(),
            ruleIndex: z.int().min(0),
            level,
            message: text,
            locations: z
              .array(
                z.strictObject({
                  physicalLocation: z.strictObject({
                    artifactLocation: z.strictObject({ uri: z.string().regex(/^[\w.~!*'()%/-]+$/) }),
                    region: z.strictObject({ startLine: z.int().min(1) }).optional(),
                  }),
                  logicalLocations: z.array(z.strictObject({ fullyQualifiedName: z.string() })).optional(),
                }),
              )
              .min(1),
            partialFingerprints: z.strictObject({
              primaryLocationLineHash: z.string().regex(/^[0-9a-f]{16}:\d+$/),
            }),
          }),
        ),
      }),
    )
    .length(1),
})

const finding: LocatedFinding = {
  rule: 'unconnected-outcome',
  severity: 'warning',
  journey: 'Login',
  nodeId: 'n',
  outcome: 'true',
  message: "Outcome 'True' of 'N' is not connected.",
  remedy: 'Connect it.',
  place: { file: 'journeys/Verify – 確認/Login.json', line: 41 },
}

function resultsOf(...findings: LocatedFinding[]) {
  const [run] = log.parse(sarif(findings, '1.2.3', 'config')).runs
  return { results: run?.results ?? [], rules: run?.tool.driver.rules ?? [] }
}

const printsOf = (...findings: LocatedFinding[]) =>
  resultsOf(...findings).results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash)

test('writes what SARIF and GitHub require', () => {
  const { results, rules: listed } = resultsOf(finding)
  expect(results).toMatchObject([
    {
      ruleId: 'unconnected-outcome',
      level: 'warning',
      message: { text: "Outcome 'True' of 'N' is not connected. Connect it." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'journeys/Verify%20%E2%80%93%20%E7%A2%BA%E8%AA%8D/Login.json' },
            region: { startLine: 41 },
          },
          logicalLocations: [{ fullyQualifiedName: 'Login/n' }],
        },
      ],
    },
  ])
  expect(listed[results[0]?.ruleIndex ?? -1]?.id).toBe('unconnected-outcome')
  expect(listed.map(({ id }) => id)).toEqual(expect.arrayContaining(rules.map(({ id }) => id)))
})

test.each([
  ['error', 'error'],
  ['warning', 'warning'],
  ['hint', 'note'],
] as const)('writes the severity %s as %s', (severity, expected) => {
  expect(resultsOf({ ...finding, severity }).results[0]?.level).toBe(expected)
})

test('gives a finding without a place the path that was checked', () => {
  const [result] = resultsOf({ ...finding, journey: undefined, place: undefined }).results
  expect(result?.locations[0]?.physicalLocation).toEqual({ artifactLocation: { uri: 'config' } })
})

test('knows a finding again when lines move, and tells findings apart', () => {
  const moved = { ...finding, place: { file: 'other.json', line: 9 } }
  expect(printsOf(moved)).toEqual(printsOf(finding))
  const script = {
    rule: 'script-incompatible',
    severity: 'warning',
    journey: 'Login',
    scriptId: 's',
    remedy: '',
  } as const
  const at = (line: number, message: string): LocatedFinding => ({
    ...script,
    line,
    message: `Script 'S', line ${line}: ${message}`,
    place: { file: 's.js', line },
  })
  expect(printsOf(at(3, 'let'))).toEqual(printsOf(at(7, 'let')))
  const all = printsOf(
    at(3, 'let'),
    at(7, 'let'),
    at(3, 'class'),
    finding,
    { ...finding, outcome: 'false' },
    { ...finding, nodeId: 'm' },
    { ...finding, journey: 'Other' },
    { ...finding, rule: 'unknown-outcome' },
  )
  expect(new Set(all).size).toBe(all.length)
  expect(all[1]).toBe(all[0]?.replace(/1$/, '2'))
})
