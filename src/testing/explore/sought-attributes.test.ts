import { expect, test } from 'vitest'
import { nodeDocumentSchema } from '../../journeys/journey-document.ts'
import { scriptSchema } from '../../scripts/script.ts'
import { comparedTexts, soughtAttributes } from './sought-attributes.ts'

const node = (config: Record<string, string>) =>
  nodeDocumentSchema.parse({ id: 'n', type: 'N', version: '1.0', config })
const script = (source: string) =>
  scriptSchema.parse({
    ...{ id: 's', name: 's', source, evaluatorVersion: '2.0' },
    context: 'AUTHENTICATION_TREE_DECISION_NODE',
  })
const sought = (nodes: Record<string, string>[], ...sources: string[]) =>
  soughtAttributes({ nodes: nodes.map(node), scripts: sources.map(script) })

test.each([
  ['frUnindexedString1 eq "admin"', { frUnindexedString1: 'admin' }],
  ['/preferences/marketing eq true', { preferences: { marketing: true } }],
  ['frIndexedInteger1 gt 17 and frIndexedString1 pr', { frIndexedInteger1: 18, frIndexedString1: 'made up' }],
  ['(city sw "Vie" or city eq "Graz") and !(blocked pr)', { city: 'Vie' }],
  ['true', {}],
  ['mail co "@example.com" and sn eq "Desk"', { sn: 'Desk' }],
])('a person matches %s', (queryFilter, attributes) => {
  expect(sought([{ queryFilter }])).toEqual(attributes)
})

test('a person matches the filters of scripts, but not those with variables or parts of filters', () => {
  const source = `openidm.query('managed/alpha_user', { _queryFilter: 'frIndexedString2 eq "gold"' })
openidm.query('managed/alpha_user', { _queryFilter: \`city eq "\${town}"\` })
openidm.query('managed/alpha_user', { _queryFilter: 'country eq "' + country + '"' })
identity.getAttributeValues("fr-attr-str2")`
  expect(sought([], source)).toEqual({ frIndexedString2: 'gold', 'fr-attr-str2': 'made up' })
})

test('the values of nodes win over those of scripts, and the first filter over later ones', () => {
  const nodes = [{ queryFilter: 'tier eq "gold"' }, { queryFilter: 'tier eq "silver"' }]
  expect(sought(nodes, `var filter = 'tier eq "bronze"'`)).toEqual({ tier: 'gold' })
  expect(sought([{ comparisonAttribute: 'tier', comparisonValue: 'iron' }, ...nodes])).toEqual({
    tier: 'iron',
  })
})

test('compared texts are those with which scripts compare', () => {
  const source = `if (answer === "a towel" || other.equals('a sponge') || flag == "true") action.goTo("next")`
  expect(comparedTexts({ scripts: [script(source)] })).toEqual(['a towel', 'a sponge'])
})
