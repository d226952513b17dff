import type { Finding } from '../journeys/exchange/finding.ts'
import type { Plan } from '../journeys/exchange/plan.ts'

const kindNames: Readonly<Record<string, string>> = {
  journey: 'journey',
  node: 'node',
  script: 'script',
  customNodeType: 'custom node type',
  emailTemplate: 'email template',
  theme: 'theme',
  socialIdentityProvider: 'social identity provider',
  saml2Entity: 'SAML entity',
  circleOfTrust: 'circle of trust',
  variable: 'variable',
}

const statuses = ['new', 'changed', 'identical', 'kept'] as const

/** A plan as text, one line per item. Nodes are only counted, because their names are ids. */
export function planText({ items, findings }: Plan, realm: string): string {
  const lines = items
    .filter(({ kind }) => kind !== 'node')
    .map(({ kind, name, status }) => `  ${status.padEnd(9)}  ${kindNames[kind] ?? kind} '${name}'`)
  const nodes = items.filter(({ kind }) => kind === 'node')
  const counts = statuses
    .map((status) => ({ status, count: nodes.filter((node) => node.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${count} ${status}`)
  return [
    items.length === 0 ? `Nothing to import into realm ${realm}.` : `Into realm ${realm}:`,
    ...lines,
    ...(nodes.length === 0 ? [] : [`  nodes: ${counts.join(', ')}`]),
    ...findingLines(findings),
  ].join('\n')
}

/** Findings, starting with those that prevent an import. */
export function findingLines(findings: readonly Finding[]): string[] {
  const kinds: Finding['kind'][] = ['conflict', 'missing', 'unsupported', 'unreadable', 'note']
  return kinds.flatMap((kind) =>
    findings.filter((one) => one.kind === kind).map(({ message }) => `  ${kind.padEnd(11)}  ${message}`),
  )
}
