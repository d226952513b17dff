import { expect, test } from 'vitest'
import { nodeDocumentSchema } from '../../journeys/journey-document.ts'
import { scriptSchema } from '../../scripts/script.ts'
import { hintsIn } from './hints.ts'

const script = (source: string) =>
  scriptSchema.parse({
    ...{ id: 's', name: 's', source, evaluatorVersion: '2.0' },
    context: 'AUTHENTICATION_TREE_DECISION_NODE',
  })

test('hints are the texts and statuses with which scripts compare, and a trusted location', () => {
  const sources = [
    `if (answer === "a towel" || other.equals('a sponge') || flag == "true") action.goTo("next")`,
    'if (response.status === 201 || response.status !== 200) {}',
    'var expectedStatus = 202',
  ]
  const config = { locations: ['48.2,16.37'], distance: '2' }
  const nodes = [nodeDocumentSchema.parse({ id: 'n', type: 'DeviceGeoFencingNode', version: '1.0', config })]
  expect(hintsIn({ nodes, scripts: sources.map(script) })).toEqual({
    texts: ['a towel', 'a sponge'],
    place: { latitude: 48.2, longitude: 16.37 },
    statuses: [201, 202],
  })
})
